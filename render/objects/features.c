#include "render/objects/features.h"

#include "base/json.h"
#include "base/text.h"
#include "render/objects/firmware.h"
#include "render/objects/given.h"

/* How often a guest spins for a lock before it tells the hypervisor. */
enum { SPINLOCK_RETRIES = 8191 };

static bool is_windows(const struct lab_vm *vm)
{
	return text_equal(vm->guest_os, "windows");
}

/* `enabled` is what a feature is without being told; an object that is not empty stays in any case. */
static json_t *feature_build(bool enabled)
{
	return json_pack("{s:b}", "enabled", enabled);
}

/* What KubeVirt's preferences for Windows have: all that makes Windows run well, and nothing that binds a
 * VM to one worker's processor (reenlightenment) or to Intel's (evmcs). */
static json_t *hyperv_build(void)
{
	static const char *const plain[] = { "relaxed", "vapic",       "vpindex",  "runtime", "synic",
					     "reset",   "frequencies", "tlbflush", "ipi" };
	json_t *hyperv = json_pack("{s:{s:b, s:i}, s:{s:b, s:{s:b}}}", "spinlocks", "enabled", 1, "spinlocks",
				   SPINLOCK_RETRIES, "synictimer", "enabled", 1, "direct", "enabled", 1);

	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		json_object_set_new(hyperv, plain[i], feature_build(true));
	return hyperv;
}

/* What was given holds over what the guest's system wants. */
static void feature_set(json_t *features, const char *name, const bool *given, bool wanted)
{
	if (given)
		json_object_set_new(features, name, feature_build(*given));
	else if (wanted)
		json_object_set_new(features, name, feature_build(true));
}

json_t *features_build(const struct lab_vm *vm)
{
	const struct lab_features *given = vm->features;
	json_t *features = json_object();

	feature_set(features, "acpi", given ? given->acpi : NULL, is_windows(vm));
	feature_set(features, "apic", given ? given->apic : NULL, is_windows(vm));
	feature_set(features, "smm", given ? given->smm : NULL, is_windows(vm) || firmware_needs_smm(vm));
	if (is_windows(vm))
		json_object_set_new(features, "hyperv", hyperv_build());
	if (json_object_size(features) > 0)
		return features;
	json_decref(features);
	return NULL;
}

/* Windows loses time by the HPET, and has the hypervisor's clock. */
static json_t *timers_build(void)
{
	return json_pack("{s:{s:b}, s:{s:b}, s:{s:s}, s:{s:s}}", "hpet", "present", 0, "hyperv", "present", 1, "pit",
			 "tickPolicy", "delay", "rtc", "tickPolicy", "catchup");
}

static bool is_utc(const char *zone)
{
	return text_equal(zone, "UTC") || text_equal(zone, "Etc/UTC");
}

/* libvirt has no clock without a time base: it is UTC unless told. */
json_t *features_clock_build(const struct lab_vm *vm)
{
	json_t *clock;

	if (vm->timezone == NULL && !is_windows(vm))
		return NULL;
	clock = json_object();
	if (vm->timezone && !is_utc(vm->timezone))
		json_object_set_new(clock, "timezone", json_string(vm->timezone));
	else
		json_object_set_new(clock, "utc", json_object());
	if (is_windows(vm))
		json_object_set_new(clock, "timer", timers_build());
	return clock;
}

/* One that is off is only said where a preference may have one. */
static void tpm_set(const struct lab_vm *vm, json_t *devices)
{
	const struct lab_tpm *tpm = vm->tpm;
	bool off = tpm && tpm->enabled && !*tpm->enabled;
	json_t *value;

	if ((tpm == NULL && !is_windows(vm)) || (off && vm->preference == NULL))
		return;
	value = json_object();
	if (off)
		json_object_set_new(value, "enabled", json_false());
	else if (tpm && given_is_true(tpm->persistent))
		json_object_set_new(value, "persistent", json_true());
	json_object_set_new(devices, "tpm", value);
}

void features_set_devices(const struct lab_vm *vm, json_t *devices)
{
	tpm_set(vm, devices);
	if (given_is_true(vm->rng))
		json_object_set_new(devices, "rng", json_object());
	if (vm->serial_log)
		json_object_set_new(devices, "logSerialConsole", json_boolean(*vm->serial_log));
}

#include "render/admission/rules.h"

#include <string.h>

static bool is_amd(const struct place *security)
{
	return place_has(security, "sev") || place_has(security, "snp");
}

/* Only a UEFI that begins in a known state can be measured. */
static void firmware(const struct machine_view *machine, const struct place *security)
{
	struct place loader = place_object(&machine->firmware, "bootloader");
	struct place efi = place_object(&loader, "efi");

	if (!place_is_given(&efi)) {
		refuse(security, "launchSecurity needs UEFI; give firmware.bootloader.efi");
		return;
	}
	if (is_amd(security) && !place_is_false(&efi, "secureBoot"))
		refuse_at(&efi, "secureBoot", "secure boot does not go with launchSecurity; set it to false");
	if (!place_has(security, "sev") && place_is_true(&efi, "persistent"))
		refuse_at(&efi, "persistent", "persistent UEFI variables do not go with launchSecurity; drop it");
}

static void attestation(const struct machine_view *machine, const struct place *security)
{
	struct place sev = place_object(security, "sev");
	const char *strategy = place_text(&machine->instance, "startStrategy");

	if (place_has(&sev, "attestation") && (strategy == NULL || strcmp(strategy, "Paused") != 0))
		refuse_at(&sev, "attestation",
			  "attestation needs a machine that starts paused; set startStrategy: "
			  "Paused");
}

static void no_network_boot(const struct machine_view *machine)
{
	for (size_t i = 0; i < place_count(&machine->interfaces); i++) {
		struct place interface = place_item(&machine->interfaces, i);

		if (place_has(&interface, "bootOrder"))
			refuse_at(&interface, "bootOrder",
				  "launchSecurity cannot boot from the network; drop bootOrder");
	}
}

/* A90 */
void rules_launch_security(const struct machine_view *machine)
{
	static const char *const kinds[] = { "sev", "snp", "tdx", NULL };
	struct place security = place_object(&machine->domain, "launchSecurity");
	struct place smm = place_object(&machine->features, "smm");

	if (!place_is_given(&security) || strcmp(machine->architecture, "s390x") == 0)
		return;
	if (strcmp(machine->architecture, "amd64") != 0) {
		refuse(&security, "%.20s has no launchSecurity; drop it", machine->architecture);
		return;
	}
	if (place_count_given(&security, kinds, NULL) != 1) {
		refuse(&security, "launchSecurity is exactly one of sev, snp and tdx; give one");
		return;
	}
	if (place_has(&security, "tdx"))
		refuse_without_gate(&security, "tdx", "WorkloadEncryptionTDX");
	if (place_has(&security, "tdx") && place_is_given(&smm) && !place_is_false(&smm, "enabled"))
		refuse(&smm, "SMM does not go with tdx; drop features.smm");
	firmware(machine, &security);
	attestation(machine, &security);
	no_network_boot(machine);
}

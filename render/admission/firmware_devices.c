#include "render/admission/rules.h"
#include "render/admission/words.h"

#include <string.h>

static bool architecture_is(const struct machine_view *machine, const char *architecture)
{
	return strcmp(machine->architecture, architecture) == 0;
}

/* A84: what is unset counts as switched on, for secureBoot as for smm. */
static void secure_boot(const struct machine_view *machine, const struct place *efi)
{
	struct place smm = place_object(&machine->features, "smm");
	struct place security = place_object(&machine->domain, "launchSecurity");

	if (!place_is_given(efi) || place_is_false(efi, "secureBoot") || place_has(&security, "tdx"))
		return;
	if (place_is_given(&smm) && !place_is_false(&smm, "enabled"))
		return;
	refuse(efi, "efi means secure boot, which needs SMM; set secureBoot: false, or features.smm: {}");
}

/* A83, A84, and A31's part */
static void bootloader(const struct machine_view *machine)
{
	struct place loader = place_object(&machine->firmware, "bootloader");
	struct place efi = place_object(&loader, "efi");
	struct place bios = place_object(&loader, "bios");

	if (place_is_given(&efi) && place_is_given(&bios))
		refuse(&loader, "efi and bios exclude each other; keep one");
	if (place_is_given(&bios) && architecture_is(machine, "arm64"))
		refuse(&bios, "arm64 boots only by efi; use efi: {secureBoot: false}");
	secure_boot(machine, &efi);
}

/* A85 */
static void kernel_boot(const struct machine_view *machine)
{
	static const char *const paths[] = { "kernelPath", "initrdPath", NULL };
	struct place boot = place_object(&machine->firmware, "kernelBoot");
	struct place container = place_object(&boot, "container");

	if (!place_is_given(&container)) {
		if (place_has(&boot, "kernelArgs"))
			refuse_at(&boot, "kernelArgs", "arguments need a kernel to give them to; give container");
		return;
	}
	if (!place_has(&container, "image"))
		refuse_at(&container, "image", "a kernel needs its image; give container.image");
	if (place_count_given(&container, paths, NULL) == 0)
		refuse(&container, "the image's kernel is not named; give kernelPath or initrdPath");
	refuse_odd_path(&container, "kernelPath");
	refuse_odd_path(&container, "initrdPath");
}

/* A86 */
static void acpi(const struct machine_view *machine)
{
	static const char *const tables[] = { "slicNameRef", "msdmNameRef", NULL };
	struct place place = place_object(&machine->firmware, "acpi");

	if (place_is_given(&place) && place_count_given(&place, tables, NULL) == 0)
		refuse(&place, "acpi names no table; give slicNameRef or msdmNameRef, or drop it");
	for (size_t i = 0; tables[i]; i++) {
		const char *name = place_text(&place, tables[i]);
		struct place volume = machine_view_volume(machine, name);

		if (name && !place_is_given(&volume))
			refuse_at(&place, tables[i], "no volume is named %.63s; add one with a secret", name);
		else if (name && !place_has(&volume, "secret"))
			refuse_at(&place, tables[i], "the volume %.63s is no secret; an ACPI table must be one",
				  name);
	}
}

void rules_firmware(const struct machine_view *machine)
{
	bootloader(machine);
	kernel_boot(machine);
	acpi(machine);
	rules_launch_security(machine);
}

/* A87 */
static void inputs(const struct machine_view *machine)
{
	static const char *const types[] = { "tablet", NULL }, *const buses[] = { "usb", "virtio", NULL };
	struct place list = place_list(&machine->devices, "inputs");

	for (size_t i = 0; i < place_count(&list); i++) {
		struct place input = place_item(&list, i);

		if (place_is_given(&input) && !place_has(&input, "type"))
			refuse_at(&input, "type", "an input device needs a type; use tablet");
		refuse_other_words(&input, "type", types, WORDS_EMPTY_IS_UNSET);
		refuse_other_words(&input, "bus", buses, WORDS_EMPTY_IS_UNSET);
	}
}

/* A88 */
static void video(const struct machine_view *machine)
{
	static const char *const amd64[] = { "vga", "cirrus", "virtio", "ramfb", "bochs", NULL };
	static const char *const arm64[] = { "virtio", "ramfb", NULL };
	static const char *const s390x[] = { "virtio", NULL };
	struct place place = place_object(&machine->devices, "video");

	if (!place_is_given(&place))
		return;
	if (place_is_false(&machine->devices, "autoattachGraphicsDevice"))
		refuse(&place, "there is no video without graphics; drop it, or autoattachGraphicsDevice: false");
	if (!place_has(&place, "type"))
		refuse_at(&place, "type", "a video device needs a type; use virtio");
	refuse_other_words(&place, "type",
			   architecture_is(machine, "arm64")   ? arm64
			   : architecture_is(machine, "s390x") ? s390x
							       : amd64,
			   WORDS_EMPTY_IS_UNSET);
}

/* A89, A31 */
static void watchdog(const struct machine_view *machine)
{
	struct place place = place_object(&machine->devices, "watchdog");
	const char *wanted = architecture_is(machine, "s390x") ? "diag288" : "i6300esb";
	const char *other = architecture_is(machine, "s390x") ? "i6300esb" : "diag288";
	static const char *const actions[] = { "poweroff", "reset", "shutdown", NULL };
	struct place device = place_object(&place, wanted);

	if (!place_is_given(&place))
		return;
	refuse_other_words(&device, "action", actions, WORDS_EMPTY_IS_UNSET);
	if (architecture_is(machine, "arm64"))
		refuse(&place, "arm64 has no watchdog; drop it");
	else if (!place_has(&place, wanted) || place_has(&place, other))
		refuse(&place, "%.20s has only the watchdog %s; use it", machine->architecture, wanted);
}

/* A89, A31 */
static void sound(const struct machine_view *machine)
{
	static const char *const models[] = { "ich9", "ac97", NULL };
	struct place place = place_object(&machine->devices, "sound");

	if (!place_is_given(&place))
		return;
	if (architecture_is(machine, "arm64"))
		refuse(&place, "arm64 has no sound device; drop it");
	if (!place_has(&place, "name"))
		refuse_at(&place, "name", "a sound device needs a name; give one");
	refuse_other_words(&place, "model", models, WORDS_EMPTY_IS_UNSET);
}

/* A91 */
static void gated_devices(const struct machine_view *machine)
{
	struct place vsock = place_at(&machine->devices, "autoattachVSOCK");
	struct place host_devices = place_list(&machine->devices, "hostDevices");
	struct place metrics = place_object(&machine->devices, "downwardMetrics");
	struct place overhead = place_at(&machine->memory, "reservedOverhead");

	if (place_is_true(&machine->devices, "autoattachVSOCK"))
		refuse_without_gate(&vsock, "autoattachVSOCK", "VSOCK");
	if (place_is_given(&host_devices))
		refuse_without_gate(&host_devices, "a device of the host", "HostDevices");
	if (place_is_given(&metrics))
		refuse_without_gate(&metrics, "downwardMetrics", "DownwardMetrics");
	if (place_is_given(&overhead))
		refuse_without_gate(&overhead, "reservedOverhead", "ReservedOverheadMemlock");
}

/* A92 */
static void panic_devices(const struct machine_view *machine)
{
	static const char *const models[] = { "hyperv", "isa", "pvpanic", NULL };
	struct place list = place_list(&machine->devices, "panicDevices");

	if (json_array_size(list.value) > 0 && architecture_is(machine, "s390x"))
		refuse(&list, "s390x has no panic devices; drop them");
	for (size_t i = 0; i < place_count(&list); i++) {
		struct place device = place_item(&list, i);

		refuse_other_words(&device, "model", models, WORDS_EMPTY_IS_WRONG);
	}
}

/* A93 */
static void service_account(const struct machine_view *machine)
{
	const char *name = place_text(&machine->instance, "serviceAccountName");

	if (name == NULL)
		return;
	if (!word_is_dns_subdomain(name))
		refuse_at(&machine->instance, "serviceAccountName",
			  "\"%.80s\" cannot be a service account's name; use lower-case letters, digits, dashes and "
			  "dots",
			  name);
	for (size_t i = 0; i < place_count(&machine->volumes); i++) {
		struct place volume = place_item_any(&machine->volumes, i);
		struct place account = place_object(&volume, "serviceAccount");
		const char *other = place_text(&account, "serviceAccountName");

		if (other && strcmp(other, name) != 0)
			refuse_at(&account, "serviceAccountName",
				  "the machine's service account is %.80s; name the same one here", name);
	}
}

void rules_devices(const struct machine_view *machine)
{
	inputs(machine);
	video(machine);
	watchdog(machine);
	sound(machine);
	gated_devices(machine);
	panic_devices(machine);
	service_account(machine);
}

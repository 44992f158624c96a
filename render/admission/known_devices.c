/* spec.template.spec.domain.devices */
#include "render/admission/known_fields.h"

/* clang-format off */
static const struct known_field custom[] = {
	WHOLE("discardGranularity"), WHOLE("logical"), WHOLE("physical"), KNOWN_END,
};

static const struct known_field match_volume[] = {
	FLAG("enabled"), KNOWN_END,
};

static const struct known_field block_size[] = {
	OBJECT("custom", custom), OBJECT("matchVolume", match_volume), KNOWN_END,
};

static const struct known_field cdrom[] = {
	TEXT("bus"), FLAG("readonly"), TEXT("tray"), KNOWN_END,
};

static const struct known_field disk[] = {
	TEXT("bus"), TEXT("pciAddress"), FLAG("readonly"), KNOWN_END,
};

static const struct known_field lun[] = {
	TEXT("bus"), FLAG("readonly"), FLAG("reservation"), KNOWN_END,
};

static const struct known_field devices_disk[] = {
	OBJECT("blockSize", block_size), WHOLE("bootOrder"), TEXT("cache"), OBJECT("cdrom", cdrom),
	FLAG("changedBlockTracking"), FLAG("dedicatedIOThread"), OBJECT("disk", disk), TEXT("errorPolicy"),
	TEXT("io"), OBJECT("lun", lun), NEEDED_TEXT("name"), TEXT("serial"), FLAG("shareable"), TEXT("tag"),
	KNOWN_END,
};

static const struct known_field filesystem[] = {
	NEEDED_TEXT("name"), NEEDED_OBJECT("virtiofs", known_nothing), KNOWN_END,
};

static const struct known_field display[] = {
	FLAG("enabled"), OBJECT("ramFB", match_volume), KNOWN_END,
};

static const struct known_field virtual_gpu_options[] = {
	OBJECT("display", display), KNOWN_END,
};

static const struct known_field gpu[] = {
	TEXT("claimName"), TEXT("deviceName"), NEEDED_TEXT("name"), TEXT("requestName"), TEXT("tag"),
	OBJECT("virtualGPUOptions", virtual_gpu_options), KNOWN_END,
};

static const struct known_field host_device[] = {
	TEXT("claimName"), TEXT("deviceName"), NEEDED_TEXT("name"), TEXT("requestName"), TEXT("tag"), KNOWN_END,
};

static const struct known_field input[] = {
	TEXT("bus"), NEEDED_TEXT("name"), NEEDED_TEXT("type"), KNOWN_END,
};

static const struct known_field binding[] = {
	NEEDED_TEXT("name"), KNOWN_END,
};

static const struct known_field private_option[] = {
	NEEDED_WHOLE("option"), NEEDED_TEXT("value"), KNOWN_END,
};

static const struct known_field dhcp_options[] = {
	TEXT("bootFileName"), TEXTS("ntpServers"), OBJECTS("privateOptions", private_option), TEXT("tftpServerName"),
	KNOWN_END,
};

static const struct known_field port_range[] = {
	NEEDED_WHOLE("end"), NEEDED_TEXT("protocol"), NEEDED_WHOLE("start"), KNOWN_END,
};

static const struct known_field port[] = {
	TEXT("name"), NEEDED_WHOLE("port"), TEXT("protocol"), KNOWN_END,
};

static const struct known_field interface[] = {
	WHOLE("acpiIndex"), OBJECT("binding", binding), WHOLE("bootOrder"), OBJECT("bridge", known_nothing),
	OBJECT("dhcpOptions", dhcp_options), TEXT("macAddress"), OBJECT("macvtap", known_nothing),
	OBJECT("masquerade", known_nothing), TEXT("model"), NEEDED_TEXT("name"), OBJECT("passt", known_nothing),
	OBJECT("passtBinding", known_nothing), TEXT("pciAddress"), OBJECTS("portRanges", port_range),
	OBJECTS("ports", port), OBJECT("slirp", known_nothing), OBJECT("sriov", known_nothing), TEXT("state"),
	TEXT("tag"), KNOWN_END,
};

static const struct known_field panic_device[] = {
	TEXT("model"), KNOWN_END,
};

static const struct known_field sound[] = {
	TEXT("model"), NEEDED_TEXT("name"), KNOWN_END,
};

static const struct known_field tpm[] = {
	FLAG("enabled"), FLAG("persistent"), KNOWN_END,
};

static const struct known_field video[] = {
	TEXT("type"), KNOWN_END,
};

static const struct known_field diag288[] = {
	TEXT("action"), KNOWN_END,
};

static const struct known_field watchdog[] = {
	OBJECT("diag288", diag288), OBJECT("i6300esb", diag288), NEEDED_TEXT("name"), KNOWN_END,
};

const struct known_field known_devices[] = {
	FLAG("autoattachGraphicsDevice"), FLAG("autoattachInputDevice"), FLAG("autoattachMemBalloon"),
	FLAG("autoattachPodInterface"), FLAG("autoattachSerialConsole"), FLAG("autoattachVSOCK"),
	FLAG("blockMultiQueue"), OBJECT("clientPassthrough", known_nothing), FLAG("disableHotplug"),
	OBJECTS("disks", devices_disk), OBJECT("downwardMetrics", known_nothing), OBJECTS("filesystems", filesystem),
	OBJECTS("gpus", gpu), OBJECTS("hostDevices", host_device), OBJECTS("inputs", input),
	OBJECTS("interfaces", interface), FLAG("logSerialConsole"), FLAG("networkInterfaceMultiqueue"),
	OBJECTS("panicDevices", panic_device), OBJECT("rng", known_nothing), OBJECT("sound", sound),
	OBJECT("tpm", tpm), FLAG("useVirtioTransitional"), OBJECT("video", video), OBJECT("watchdog", watchdog),
	KNOWN_END,
};
/* clang-format on */

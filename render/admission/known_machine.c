/* spec, its template, and the domain but for its devices. */
#include "render/admission/known_fields.h"

/* clang-format off */
static const struct known_field instancetype[] = {
	TEXT("inferFromVolume"), TEXT("inferFromVolumeFailurePolicy"), TEXT("kind"), TEXT("name"),
	TEXT("revisionName"), KNOWN_END,
};

static const struct known_field chassis[] = {
	TEXT("asset"), TEXT("manufacturer"), TEXT("serial"), TEXT("sku"), TEXT("version"), KNOWN_END,
};

static const struct known_field feature[] = {
	NEEDED_TEXT("name"), TEXT("policy"), KNOWN_END,
};

static const struct known_field numa[] = {
	OBJECT("guestMappingPassthrough", known_nothing), KNOWN_END,
};

static const struct known_field realtime[] = {
	TEXT("mask"), KNOWN_END,
};

static const struct known_field cpu[] = {
	WHOLE("cores"), FLAG("dedicatedCpuPlacement"), OBJECTS("features", feature), FLAG("isolateEmulatorThread"),
	WHOLE("maxSockets"), TEXT("model"), OBJECT("numa", numa), OBJECT("realtime", realtime), WHOLE("sockets"),
	WHOLE("threads"), KNOWN_END,
};

static const struct known_field acpi[] = {
	FLAG("enabled"), KNOWN_END,
};

static const struct known_field apic[] = {
	FLAG("enabled"), FLAG("endOfInterrupt"), KNOWN_END,
};

static const struct known_field spinlocks[] = {
	FLAG("enabled"), WHOLE("spinlocks"), KNOWN_END,
};

static const struct known_field synictimer[] = {
	OBJECT("direct", acpi), FLAG("enabled"), KNOWN_END,
};

static const struct known_field tlbflush[] = {
	OBJECT("direct", acpi), FLAG("enabled"), OBJECT("extended", acpi), KNOWN_END,
};

static const struct known_field vendorid[] = {
	FLAG("enabled"), TEXT("vendorid"), KNOWN_END,
};

static const struct known_field hyperv[] = {
	OBJECT("evmcs", acpi), OBJECT("frequencies", acpi), OBJECT("ipi", acpi), OBJECT("reenlightenment", acpi),
	OBJECT("relaxed", acpi), OBJECT("reset", acpi), OBJECT("runtime", acpi), OBJECT("spinlocks", spinlocks),
	OBJECT("synic", acpi), OBJECT("synictimer", synictimer), OBJECT("tlbflush", tlbflush), OBJECT("vapic", acpi),
	OBJECT("vendorid", vendorid), OBJECT("vpindex", acpi), KNOWN_END,
};

static const struct known_field kvm[] = {
	FLAG("hidden"), KNOWN_END,
};

static const struct known_field domain_feature[] = {
	OBJECT("acpi", acpi), OBJECT("apic", apic), OBJECT("hyperv", hyperv), OBJECT("hypervPassthrough", acpi),
	OBJECT("kvm", kvm), OBJECT("pvspinlock", acpi), OBJECT("smm", acpi), KNOWN_END,
};

static const struct known_field firmware_acpi[] = {
	TEXT("msdmNameRef"), TEXT("slicNameRef"), KNOWN_END,
};

static const struct known_field bios[] = {
	FLAG("useSerial"), KNOWN_END,
};

static const struct known_field efi[] = {
	FLAG("persistent"), FLAG("secureBoot"), KNOWN_END,
};

static const struct known_field bootloader[] = {
	OBJECT("bios", bios), OBJECT("efi", efi), KNOWN_END,
};

static const struct known_field container[] = {
	NEEDED_TEXT("image"), TEXT("imagePullPolicy"), TEXT("imagePullSecret"), TEXT("initrdPath"),
	TEXT("kernelPath"), KNOWN_END,
};

static const struct known_field kernel_boot[] = {
	OBJECT("container", container), TEXT("kernelArgs"), KNOWN_END,
};

static const struct known_field firmware[] = {
	OBJECT("acpi", firmware_acpi), OBJECT("bootloader", bootloader), OBJECT("kernelBoot", kernel_boot),
	TEXT("serial"), TEXT("uuid"), KNOWN_END,
};

static const struct known_field io_threads[] = {
	WHOLE("supplementalPoolThreadCount"), KNOWN_END,
};

static const struct known_field policy[] = {
	FLAG("encryptedState"), KNOWN_END,
};

static const struct known_field sev[] = {
	OBJECT("attestation", known_nothing), TEXT("dhCert"), OBJECT("policy", policy), TEXT("session"), KNOWN_END,
};

static const struct known_field launch_security[] = {
	OBJECT("sev", sev), OBJECT("snp", known_nothing), OBJECT("tdx", known_nothing), KNOWN_END,
};

static const struct known_field machine[] = {
	TEXT("type"), KNOWN_END,
};

static const struct known_field hugepages[] = {
	TEXT("pageSize"), KNOWN_END,
};

static const struct known_field reserved_overhead[] = {
	AMOUNT("addedOverhead"), TEXT("memLock"), KNOWN_END,
};

static const struct known_field memory[] = {
	AMOUNT("guest"), OBJECT("hugepages", hugepages), AMOUNT("maxGuest"),
	OBJECT("reservedOverhead", reserved_overhead), KNOWN_END,
};

static const struct known_field resources[] = {
	AMOUNT_MAP("limits"), FLAG("overcommitGuestOverhead"), AMOUNT_MAP("requests"), KNOWN_END,
};

static const struct known_field domain[] = {
	OBJECT("chassis", chassis), ANY("clock"), OBJECT("cpu", cpu), NEEDED_OBJECT("devices", known_devices),
	OBJECT("features", domain_feature), OBJECT("firmware", firmware), OBJECT("ioThreads", io_threads),
	TEXT("ioThreadsPolicy"), OBJECT("launchSecurity", launch_security), OBJECT("machine", machine),
	OBJECT("memory", memory), TEXT("rebootPolicy"), OBJECT("resources", resources), KNOWN_END,
};

static const struct known_field spec[] = {
	OBJECTS("accessCredentials", known_access_credential), OBJECT("affinity", known_affinity),
	TEXT("architecture"), OBJECT("dnsConfig", known_dns_config), TEXT("dnsPolicy"),
	NEEDED_OBJECT("domain", domain), TEXT("evictionStrategy"), TEXT("hostname"),
	OBJECT("livenessProbe", known_probe), OBJECTS("networks", known_network), TEXT_MAP("nodeSelector"),
	TEXT("priorityClassName"), OBJECT("readinessProbe", known_probe),
	OBJECTS("resourceClaims", known_resource_claim), TEXT("schedulerName"), TEXT("serviceAccountName"),
	TEXT("startStrategy"), TEXT("subdomain"), WHOLE("terminationGracePeriodSeconds"),
	OBJECTS("tolerations", known_toleration),
	OBJECTS("topologySpreadConstraints", known_topology_spread_constraint),
	OBJECTS("utilityVolumes", known_utility_volume), OBJECTS("volumes", known_volume), KNOWN_END,
};

static const struct known_field template[] = {
	ANY("metadata"), OBJECT("spec", spec), KNOWN_END,
};

const struct known_field known_machine[] = {
	OBJECTS("dataVolumeTemplates", known_data_volume_template), OBJECT("instancetype", instancetype),
	OBJECT("preference", instancetype), TEXT("runStrategy"), FLAG("running"),
	NEEDED_OBJECT("template", template), TEXT("updateVolumesStrategy"), KNOWN_END,
};
/* clang-format on */

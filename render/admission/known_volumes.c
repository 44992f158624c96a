/* Volumes, the templates that they are made from, and credentials. */
#include "render/admission/known_fields.h"

/* clang-format off */
static const struct known_field checkpoints[] = {
	NEEDED_TEXT("current"), NEEDED_TEXT("previous"), KNOWN_END,
};

static const struct known_field data_source[] = {
	TEXT("apiGroup"), NEEDED_TEXT("kind"), NEEDED_TEXT("name"), KNOWN_END,
};

static const struct known_field data_source_ref[] = {
	TEXT("apiGroup"), NEEDED_TEXT("kind"), NEEDED_TEXT("name"), TEXT("namespace"), KNOWN_END,
};

static const struct known_field resources[] = {
	AMOUNT_MAP("limits"), AMOUNT_MAP("requests"), KNOWN_END,
};

static const struct known_field match_expression[] = {
	NEEDED_TEXT("key"), NEEDED_TEXT("operator"), TEXTS("values"), KNOWN_END,
};

static const struct known_field selector[] = {
	OBJECTS("matchExpressions", match_expression), TEXT_MAP("matchLabels"), KNOWN_END,
};

static const struct known_field pvc[] = {
	TEXTS("accessModes"), OBJECT("dataSource", data_source), OBJECT("dataSourceRef", data_source_ref),
	OBJECT("resources", resources), OBJECT("selector", selector), TEXT("storageClassName"),
	TEXT("volumeAttributesClassName"), TEXT("volumeMode"), TEXT("volumeName"), KNOWN_END,
};

static const struct known_field gcs[] = {
	TEXT("secretRef"), NEEDED_TEXT("url"), KNOWN_END,
};

static const struct known_field http[] = {
	TEXT("certConfigMap"), TEXTS("extraHeaders"), TEXTS("secretExtraHeaders"), TEXT("secretRef"),
	NEEDED_TEXT("url"), KNOWN_END,
};

static const struct known_field imageio[] = {
	TEXT("certConfigMap"), NEEDED_TEXT("diskId"), FLAG("insecureSkipVerify"), TEXT("secretRef"),
	NEEDED_TEXT("url"), KNOWN_END,
};

static const struct known_field source_pvc[] = {
	NEEDED_TEXT("name"), NEEDED_TEXT("namespace"), KNOWN_END,
};

static const struct known_field platform[] = {
	TEXT("architecture"), KNOWN_END,
};

static const struct known_field registry[] = {
	TEXT("certConfigMap"), TEXT("imageStream"), OBJECT("platform", platform), TEXT("pullMethod"),
	TEXT("secretRef"), TEXT("url"), KNOWN_END,
};

static const struct known_field s3[] = {
	TEXT("certConfigMap"), TEXT("secretRef"), NEEDED_TEXT("url"), KNOWN_END,
};

static const struct known_field vddk[] = {
	TEXT("backingFile"), TEXT("extraArgs"), TEXT("initImageURL"), TEXT("secretRef"), TEXT("thumbprint"),
	TEXT("url"), TEXT("uuid"), KNOWN_END,
};

static const struct known_field source[] = {
	OBJECT("blank", known_nothing), OBJECT("gcs", gcs), OBJECT("http", http), OBJECT("imageio", imageio),
	OBJECT("pvc", source_pvc), OBJECT("registry", registry), OBJECT("s3", s3), OBJECT("snapshot", source_pvc),
	OBJECT("upload", known_nothing), OBJECT("vddk", vddk), KNOWN_END,
};

static const struct known_field source_ref[] = {
	NEEDED_TEXT("kind"), NEEDED_TEXT("name"), TEXT("namespace"), KNOWN_END,
};

static const struct known_field storage[] = {
	TEXTS("accessModes"), OBJECT("dataSource", data_source), OBJECT("dataSourceRef", data_source_ref),
	OBJECT("resources", resources), OBJECT("selector", selector), TEXT("storageClassName"), TEXT("volumeMode"),
	TEXT("volumeName"), KNOWN_END,
};

static const struct known_field spec[] = {
	OBJECTS("checkpoints", checkpoints), TEXT("contentType"), FLAG("finalCheckpoint"), FLAG("preallocation"),
	TEXT("priorityClassName"), OBJECT("pvc", pvc), OBJECT("source", source), OBJECT("sourceRef", source_ref),
	OBJECT("storage", storage), KNOWN_END,
};

const struct known_field known_data_volume_template[] = {
	TEXT("apiVersion"), TEXT("kind"), ANY("metadata"), NEEDED_OBJECT("spec", spec),
	OBJECT("status", known_nothing), KNOWN_END,
};

static const struct known_field qemu_guest_agent[] = {
	NEEDED_TEXTS("users"), KNOWN_END,
};

static const struct known_field propagation_method[] = {
	OBJECT("configDrive", known_nothing), OBJECT("noCloud", known_nothing),
	OBJECT("qemuGuestAgent", qemu_guest_agent), KNOWN_END,
};

static const struct known_field secret[] = {
	NEEDED_TEXT("secretName"), KNOWN_END,
};

static const struct known_field ssh_public_key_source[] = {
	OBJECT("secret", secret), KNOWN_END,
};

static const struct known_field ssh_public_key[] = {
	NEEDED_OBJECT("propagationMethod", propagation_method), NEEDED_OBJECT("source", ssh_public_key_source),
	KNOWN_END,
};

static const struct known_field user_password_propagation_method[] = {
	OBJECT("qemuGuestAgent", known_nothing), KNOWN_END,
};

static const struct known_field user_password[] = {
	NEEDED_OBJECT("propagationMethod", user_password_propagation_method),
	NEEDED_OBJECT("source", ssh_public_key_source), KNOWN_END,
};

const struct known_field known_access_credential[] = {
	OBJECT("sshPublicKey", ssh_public_key), OBJECT("userPassword", user_password), KNOWN_END,
};

const struct known_field known_utility_volume[] = {
	NEEDED_TEXT("claimName"), NEEDED_TEXT("name"), FLAG("readOnly"), TEXT("type"), KNOWN_END,
};

static const struct known_field network_data_secret_ref[] = {
	TEXT("name"), KNOWN_END,
};

static const struct known_field cloud_init_config_drive[] = {
	TEXT("networkData"), TEXT("networkDataBase64"), OBJECT("networkDataSecretRef", network_data_secret_ref),
	OBJECT("secretRef", network_data_secret_ref), TEXT("userData"), TEXT("userDataBase64"), KNOWN_END,
};

static const struct known_field config_map[] = {
	TEXT("name"), FLAG("optional"), TEXT("volumeLabel"), KNOWN_END,
};

static const struct known_field container_disk[] = {
	NEEDED_TEXT("image"), TEXT("imagePullPolicy"), TEXT("imagePullSecret"), TEXT("path"), KNOWN_END,
};

static const struct known_field container_path[] = {
	NEEDED_TEXT("path"), FLAG("readOnly"), KNOWN_END,
};

static const struct known_field data_volume[] = {
	FLAG("hotpluggable"), NEEDED_TEXT("name"), KNOWN_END,
};

static const struct known_field field_ref[] = {
	TEXT("apiVersion"), NEEDED_TEXT("fieldPath"), KNOWN_END,
};

static const struct known_field resource_field_ref[] = {
	TEXT("containerName"), AMOUNT("divisor"), NEEDED_TEXT("resource"), KNOWN_END,
};

static const struct known_field fields[] = {
	OBJECT("fieldRef", field_ref), WHOLE("mode"), NEEDED_TEXT("path"),
	OBJECT("resourceFieldRef", resource_field_ref), KNOWN_END,
};

static const struct known_field downward_api[] = {
	OBJECTS("fields", fields), TEXT("volumeLabel"), KNOWN_END,
};

static const struct known_field empty_disk[] = {
	NEEDED_AMOUNT("capacity"), KNOWN_END,
};

static const struct known_field persistent_volume_claim[] = {
	NEEDED_TEXT("claimName"), FLAG("readOnly"), KNOWN_END,
};

static const struct known_field ephemeral[] = {
	OBJECT("persistentVolumeClaim", persistent_volume_claim), KNOWN_END,
};

static const struct known_field host_disk[] = {
	AMOUNT("capacity"), NEEDED_TEXT("path"), FLAG("shared"), NEEDED_TEXT("type"), KNOWN_END,
};

static const struct known_field memory_dump[] = {
	NEEDED_TEXT("claimName"), FLAG("hotpluggable"), FLAG("readOnly"), KNOWN_END,
};

static const struct known_field volume_secret[] = {
	FLAG("optional"), TEXT("secretName"), TEXT("volumeLabel"), KNOWN_END,
};

static const struct known_field service_account[] = {
	TEXT("serviceAccountName"), KNOWN_END,
};

static const struct known_field sysprep[] = {
	OBJECT("configMap", network_data_secret_ref), OBJECT("secret", network_data_secret_ref), KNOWN_END,
};

const struct known_field known_volume[] = {
	OBJECT("cloudInitConfigDrive", cloud_init_config_drive), OBJECT("cloudInitNoCloud", cloud_init_config_drive),
	OBJECT("configMap", config_map), OBJECT("containerDisk", container_disk),
	OBJECT("containerPath", container_path), OBJECT("dataVolume", data_volume),
	OBJECT("downwardAPI", downward_api), OBJECT("downwardMetrics", known_nothing),
	OBJECT("emptyDisk", empty_disk), OBJECT("ephemeral", ephemeral), OBJECT("hostDisk", host_disk),
	OBJECT("memoryDump", memory_dump), NEEDED_TEXT("name"), OBJECT("persistentVolumeClaim", memory_dump),
	OBJECT("secret", volume_secret), OBJECT("serviceAccount", service_account), OBJECT("sysprep", sysprep),
	KNOWN_END,
};
/* clang-format on */

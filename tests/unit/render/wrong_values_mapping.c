/* Wrong values of a Mapping, one of each kind: another type, out of range, unknown. */
#include "tests/unit/render/wrong_values.h"

#define START "apiVersion: labsync.dev/v1alpha1\nkind: Mapping\n"
#define TOP_VERSION(field) "kind: Mapping\nmetadata: {name: t}\nspec: {}\n" field "\n"
#define TOP_KIND(field) "apiVersion: labsync.dev/v1alpha1\nmetadata: {name: t}\nspec: {}\n" field "\n"
#define TOP_METADATA(field) START "spec: {}\n" field "\n"
#define TOP_SPEC(field) START "metadata: {name: t}\n" field "\n"
#define SPEC_HEAD START "metadata: {name: t}\nspec:\n  "
#define SPEC(field) SPEC_HEAD field "\n"
#define IMAGE(value) SPEC_HEAD "images:\n    a: " value "\n"
#define CLASS(value) SPEC_HEAD "classes:\n    a: " value "\n"
#define VOLUME(value) SPEC_HEAD "volumeSets:\n    a: " value "\n"

static const struct wrong_value values[] = {
	{ "mapping.apiVersion", TOP_VERSION("apiVersion: labsync.dev/v1"),
	  "4:13: error: apiVersion \"labsync.dev/v1\" is not known; use labsync.dev/v1alpha1" },
	{ "mapping.kind", TOP_KIND("kind: [Mapping]"), "4:7: error: kind must be a string, not a list" },
	{ "mapping.metadata", TOP_METADATA("metadata: []"), "4:11: error: metadata must be a mapping, not a list" },
	{ "mapping.spec", TOP_SPEC("spec: 1"), "4:7: error: spec must be a mapping, not an integer" },
	{ "mapping.spec.images", SPEC("images: []"), "5:11: error: images must be a mapping, not a list" },
	{ "mapping.spec.classes", SPEC("classes: x"), "5:12: error: classes must be a mapping, not a string" },
	{ "mapping.spec.volumeSets", SPEC("volumeSets: []"),
	  "5:15: error: volumeSets must be a mapping, not a list" },
	{ "mapping.spec.storageClasses", SPEC("storageClasses: []"),
	  "5:19: error: storageClasses must be a mapping, not a list" },
	{ "mapping.spec.storageClasses", SPEC("storageClasses: {a: A_B}"),
	  "5:23: error: a \"A_B\" is no name of a Kubernetes object; use lower-case letters, digits, \"-\" and "
	  "\".\", with a letter or digit at both ends" },
	{ "mapping.spec.networks", SPEC("networks: {a: b/c/d}"),
	  "5:17: error: \"b/c/d\" is no NetworkAttachmentDefinition; write NAME or NAMESPACE/NAME" },
	{ "mapping.spec.guests", SPEC("guests: {a: A_B}"),
	  "5:15: error: a \"A_B\" is no name of a Kubernetes object; use lower-case letters, digits, \"-\" and "
	  "\".\", with a letter or digit at both ends" },
	{ "mapping.spec.registries", SPEC("registries: {a: x}"),
	  "5:19: error: \"x\" is no registry; write it like registry.example.com/lab/" },
	{ "mapping.spec.networks", SPEC("networks: []"), "5:13: error: networks must be a mapping, not a list" },
	{ "mapping.spec.guests", SPEC("guests: []"), "5:11: error: guests must be a mapping, not a list" },
	{ "mapping.spec.registries", SPEC("registries: []"),
	  "5:15: error: registries must be a mapping, not a list" },
	{ "mapping.spec.organization", SPEC("organization: []"),
	  "5:17: error: organization must be a string, not a list" },
	{ "mapping.spec.mhzPerCore", SPEC("mhzPerCore: x"),
	  "5:15: error: mhzPerCore must be a whole number, not a string" },
	{ "mapping.spec.mhzPerCore", SPEC("mhzPerCore: 99"),
	  "5:15: error: mhzPerCore must be a whole number from 100 to 20000, not 99" },
	{ "mapping.spec.podAddresses", SPEC("podAddresses: cilium"),
	  "5:17: error: podAddresses \"cilium\" is not known; use calico or kube-ovn" },
	{ "mapping.spec.podAddresses", SPEC("podAddresses: [calico]"),
	  "5:17: error: podAddresses must be a string, not a list" },
	{ "mapping.spec.mhzPerCore", SPEC("mhzPerCore: 20001"),
	  "5:15: error: mhzPerCore must be a whole number from 100 to 20000, not 20001" },
	{ "mapping.spec.images.image", IMAGE("{image: ftp://x}"),
	  "6:16: error: image of a vm must begin with docker://, http:// or https://" },
	{ "mapping.spec.images.image", IMAGE("{image: []}"), "6:16: error: image must be a string, not a list" },
	{ "mapping.spec.images.size", IMAGE("{image: \"docker://x\", size: x}"),
	  "6:36: error: size is \"x\", which is no quantity; write it like 10Gi" },
	{ "mapping.spec.images.size", IMAGE("{image: \"docker://x\", size: 1k}"),
	  "6:36: error: size is \"1k\", but must be at least 1Mi; write it like 10Gi" },
	{ "mapping.spec.images.checksum", IMAGE("{image: \"docker://x\", checksum: x}"),
	  "6:40: error: checksum \"x\" is no checksum; write md5:, sha1:, sha256: or sha512: and the digits" },
	{ "mapping.spec.images.imageCA", IMAGE("{image: \"docker://x\", imageCA: A_B}"),
	  "6:39: error: imageCA \"A_B\" is no name of a Kubernetes object; use lower-case letters, digits, \"-\" and "
	  "\".\", with a letter or digit at both ends" },
	{ "mapping.spec.images.imageSecret", IMAGE("{image: \"docker://x\", imageSecret: []}"),
	  "6:43: error: imageSecret must be a string, not a list" },
	{ "mapping.spec.images", IMAGE("ftp://x"),
	  "6:8: error: image of a vm must begin with docker://, http:// or https://" },
	{ "mapping.spec.classes.cpu", CLASS("{cpu: x}"),
	  "6:14: error: cpu is \"x\", which is no quantity; write it like 2" },
	{ "mapping.spec.classes.cpu", CLASS("{cpu: 0}"), "6:14: error: cpu must be from 1 to 512 cores, not \"0\"" },
	{ "mapping.spec.classes.memory", CLASS("{memory: 1}"),
	  "6:17: error: memory is \"1\", but must be at least 1M; write it like 4Gi" },
	{ "mapping.spec.classes.cpuModel", CLASS("{cpuModel: []}"),
	  "6:19: error: cpuModel must be a string, not a list" },
	{ "mapping.spec.volumeSets.size", VOLUME("{size: x}"),
	  "6:15: error: size is \"x\", which is no quantity; write it like 10Gi" },
	{ "mapping.spec.volumeSets.storageClass", VOLUME("{size: 1Gi, storageClass: A_B}"),
	  "6:34: error: storageClass \"A_B\" is no name of a StorageClass" },
};

const struct wrong_values wrong_values_mapping = { values, sizeof(values) / sizeof(values[0]) };

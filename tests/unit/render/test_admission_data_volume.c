#include "../suite.h"
#include "admission_check.h"

static const char good_volume[] = "apiVersion: cdi.kubevirt.io/v1beta1\n"
				  "kind: DataVolume\n"
				  "metadata: {name: root}\n"
				  "spec:\n"
				  "  source: {blank: {}}\n"
				  "  storage: {resources: {requests: {storage: 10Gi}}}\n";

START_TEST(name)
{
	static const struct admission_case cases[] = {
		{ "A106: a name with dots", "{name: a.b}", "" },
		{ "A106: a long name",
		  "{name: "
		  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		  "aa"
		  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		  "aa"
		  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}",
		  "metadata.name: "
		  "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" "
		  "cannot be a volume's name; use at most 253 lower-case letters, digits, dashes and dots" },
	};

	admission_cases(good_volume, "metadata", cases, ARRAY_SIZE(cases));
}
END_TEST

static const struct admission_case spec_cases[] = {
	{ "A107: storage", "{}", "" },
	{ "A107: no storage", "{storage: null}",
	  "spec.storage: a volume needs its storage; give storage.resources.requests.storage" },
	{ "A107: both", "{pvc: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}}",
	  "spec.pvc: pvc and storage exclude each other; keep storage" },
	{ "A107: no size", "{storage: {resources: null}}",
	  "spec.storage.resources.requests.storage: the volume's size is missing; give one, such as 10Gi" },
	{ "A107: a size below 1Mi", "{storage: {resources: {requests: {storage: 512Ki}}}}",
	  "spec.storage.resources.requests.storage: a volume has at least 1Mi; give a larger size" },
	{ "A107: a negative size", "{storage: {resources: {requests: {storage: -1Gi}}}}",
	  "spec.storage.resources.requests.storage: a volume has at least 1Mi; give a larger size" },
	{ "A107: a size in words", "{storage: {resources: {requests: {storage: large}}}}",
	  "spec.storage.resources.requests.storage: \"large\" is no quantity; write a number with a unit, "
	  "such "
	  "as 500m or 2Gi" },
	{ "A107: a clone without a size",
	  "{source: {blank: null, pvc: {namespace: a, name: b}}, storage: {resources: null}}", "" },
	{ "A107: a clone to a pvc without a size",
	  "{source: {blank: null, pvc: {namespace: a, name: b}}, storage: null, pvc: {accessModes: "
	  "[ReadWriteOnce]}}",
	  "spec.pvc.resources.requests.storage: the volume's size is missing; give one, such as 10Gi" },
	{ "A108: one mode",
	  "{storage: null, pvc: {accessModes: [ReadWriteMany], resources: {requests: {storage: 10Gi}}}}", "" },
	{ "A108: no mode", "{storage: null, pvc: {resources: {requests: {storage: 10Gi}}}}",
	  "spec.pvc.accessModes: pvc has exactly one access mode; give one, such as ReadWriteOnce" },
	{ "A108: two modes",
	  "{storage: null, pvc: {accessModes: [ReadWriteOnce, ReadWriteMany], resources: {requests: "
	  "{storage: "
	  "10Gi}}}}",
	  "spec.pvc.accessModes: pvc has exactly one access mode; give one, such as ReadWriteOnce" },
	{ "A108: two modes of storage", "{storage: {accessModes: [ReadWriteOnce, ReadWriteMany]}}", "" },
	{ "A108: an unknown mode", "{storage: {accessModes: [RWX]}}",
	  "spec.storage.accessModes[0]: \"RWX\" is no access mode; use ReadWriteOnce, ReadOnlyMany, "
	  "ReadWriteMany or ReadWriteOncePod" },
	{ "a volume mode that is none", "{storage: {volumeMode: Raw}}",
	  "spec.storage.volumeMode: \"Raw\" is no value of volumeMode; use Block or Filesystem" },
	{ "a storage class that is none", "{storage: {storageClassName: Fast Disks}}",
	  "spec.storage.storageClassName: \"Fast Disks\" cannot be a storage class; use lower-case letters, "
	  "digits, dashes and dots" },
	{ "A109: a reference", "{source: null, sourceRef: {kind: DataSource, name: fedora}}", "" },
	{ "A109: source and reference", "{sourceRef: {kind: DataSource, name: fedora}}",
	  "spec.sourceRef: source and sourceRef exclude each other; keep one" },
	{ "A109: neither", "{source: null}", "spec.source: a volume needs its source; give one, such as blank: {}" },
	{ "A109: from outside", "{source: null, storage: {dataSourceRef: {apiGroup: a, kind: B, name: c}}}", "" },
	{ "A109: from outside and inside", "{storage: {dataSourceRef: {apiGroup: a, kind: B, name: c}}}",
	  "spec.source: storage.dataSource fills the volume already; drop one of the two" },
	{ "A109: two from outside",
	  "{source: null, storage: {dataSource: {kind: PersistentVolumeClaim, name: b}, dataSourceRef: "
	  "{kind: "
	  "PersistentVolumeClaim, name: c}}}",
	  "spec.storage.dataSourceRef: dataSource and dataSourceRef differ; keep one" },
	{ "A109: from outside, of no group", "{source: null, storage: {dataSource: {kind: VolumeSnapshot, name: b}}}",
	  "spec.storage.dataSource.apiGroup: dataSource needs the API group of its kind; give apiGroup" },
	{ "A109: from another namespace",
	  "{source: null, storage: {dataSourceRef: {kind: PersistentVolumeClaim, name: b, namespace: c}}}",
	  "spec.storage.dataSourceRef.namespace: dataSourceRef cannot name another namespace; drop it" },
	{ "A110: no kind and name", "{source: null, sourceRef: {}}",
	  "spec.sourceRef.kind: sourceRef needs a kind; use DataSource\n"
	  "spec.sourceRef.name: sourceRef needs a name; give it" },
	{ "A110: another kind", "{source: null, sourceRef: {kind: Image, name: fedora}}",
	  "spec.sourceRef.kind: \"Image\" is no value of kind; use DataSource" },
	{ "A112: an archive", "{contentType: archive, source: {blank: null, http: {url: 'https://a/b.tar'}}}", "" },
	{ "A112: an iso", "{contentType: iso}",
	  "spec.contentType: \"iso\" is no value of contentType; use kubevirt or archive" },
	{ "A112: a blank archive", "{contentType: archive}",
	  "spec.contentType: an archive cannot be blank; use kubevirt, or give a source" },
};

START_TEST(spec)
{
	admission_cases(good_volume, "spec", spec_cases, ARRAY_SIZE(spec_cases));
}
END_TEST

START_TEST(source)
{
	static const struct admission_case cases[] = {
		{ "A111: http", "{blank: null, http: {url: 'https://example.org/a.qcow2'}}", "" },
		{ "A111: nothing", "{blank: null}",
		  "spec.source: the source says nothing; give one, such as http, registry or blank" },
		{ "A111: two", "{upload: {}}", "spec.source: a volume has one source, this has 2; keep one" },
		{ "A111: no url", "{blank: null, http: {}}", "spec.source.http.url: http needs its url; give it" },
		{ "A111: no URL", "{blank: null, http: {url: example.org/a.qcow2}}",
		  "spec.source.http.url: this is no URL; write it like https://host/path" },
		{ "A111: ftp", "{blank: null, http: {url: 'ftp://example.org/a.qcow2'}}",
		  "spec.source.http.url: http cannot be fetched with ftp; use https, http or gs" },
		{ "A111: a registry", "{blank: null, registry: {url: 'docker://quay.io/a'}}", "" },
		{ "A111: a registry by https", "{blank: null, registry: {url: 'https://quay.io/a'}}",
		  "spec.source.registry.url: registry cannot be fetched with https; use docker or oci-archive" },
		{ "A111: a registry of nothing", "{blank: null, registry: {}}",
		  "spec.source.registry: a registry source is a url or an imageStream; give one" },
		{ "A111: a method that is none",
		  "{blank: null, registry: {url: 'docker://quay.io/a', pullMethod: host}}",
		  "spec.source.registry.pullMethod: \"host\" is no value of pullMethod; use pod or node" },
		{ "A111: a stream by the node", "{blank: null, registry: {imageStream: a, pullMethod: node}}", "" },
		{ "A111: a stream by a pod", "{blank: null, registry: {imageStream: a}}",
		  "spec.source.registry.imageStream: an image stream is pulled by the node; set pullMethod: node" },
		{ "A111: s3", "{blank: null, s3: {url: 'https://s3.example.org/a'}}", "" },
		{ "A111: gcs by gs", "{blank: null, gcs: {url: 'gs://bucket/a'}}", "" },
		{ "A111: imageio", "{blank: null, imageio: {url: 'https://a/b', secretRef: a}}",
		  "spec.source.imageio.diskId: imageio needs diskId; give it\n"
		  "spec.source.imageio.certConfigMap: imageio needs the server's certificate; give certConfigMap" },
		{ "A111: vddk", "{blank: null, vddk: {url: 'https://a', uuid: a, backingFile: b, thumbprint: c}}",
		  "spec.source.vddk.secretRef: vddk needs secretRef; give it" },
		{ "A113: sha256",
		  "{blank: null, http: {url: 'https://a/b', checksum: "
		  "'sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'}}",
		  "" },
		{ "A113: too short",
		  "{blank: null, http: {url: 'https://a/b', checksum: "
		  "'sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde'}}",
		  "spec.source.http.checksum: sha256 has 64 hexadecimal digits, this has not; copy it again" },
		{ "A113: no hexadecimal",
		  "{blank: null, http: {url: 'https://a/b', checksum: 'md5:gggggggggggggggggggggggggggggggg'}}",
		  "spec.source.http.checksum: md5 has 32 hexadecimal digits, this has not; copy it again" },
		{ "A113: crc32", "{blank: null, http: {url: 'https://a/b', checksum: 'crc32:01234567'}}",
		  "spec.source.http.checksum: this is no checksum; write algorithm:digits with md5, sha1, sha256 or "
		  "sha512" },
		{ "A113: no algorithm",
		  "{blank: null, http: {url: 'https://a/b', checksum: "
		  "'0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'}}",
		  "spec.source.http.checksum: this is no checksum; write algorithm:digits with md5, sha1, sha256 or "
		  "sha512" },
		{ "A114: a claim", "{blank: null, pvc: {namespace: a, name: b}}", "" },
		{ "A114: a claim of no namespace", "{blank: null, pvc: {name: b}}",
		  "spec.source.pvc.namespace: pvc needs namespace; give it" },
		{ "A114: a snapshot of no name", "{blank: null, snapshot: {namespace: a}}",
		  "spec.source.snapshot.name: snapshot needs name; give it" },
	};

	admission_cases(good_volume, "spec.source", cases, ARRAY_SIZE(cases));
}
END_TEST

START_TEST(registry_content)
{
	static const struct admission_case cases[] = {
		{ "A112: an archive of a registry",
		  "{contentType: archive, source: {blank: null, registry: {url: 'docker://quay.io/a'}}}",
		  "spec.contentType: a registry holds only disks; use kubevirt" },
	};

	admission_cases(good_volume, "spec", cases, ARRAY_SIZE(cases));
}
END_TEST

START_TEST(whole)
{
	static const struct admission_case cases[] = {
		{ "no spec at all", "{spec: null}", "spec: a volume needs a spec; give source and storage" },
	};

	admission_cases(good_volume, "", cases, ARRAY_SIZE(cases));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { name, spec, source, registry_content, whole };

	return suite_run("render/admission_data_volume", tests, ARRAY_SIZE(tests));
}

/* A workload of type vm as a vm node and the objects beside it. */
#include "render/dialects/controlplane/workload.h"

#include "base/text.h"
#include "render/dialects/controlplane/build.h"

#define ANNOTATION_SIDECAR "sidecar.istio.io/inject"
#define ANNOTATION_SCRAPE "prometheus.io/scrape"
#define ANNOTATION_PORT "prometheus.io/port"
#define ANNOTATION_PATH "prometheus.io/path"
#define METRICS_PATH "/metrics"

static void labels_give(struct workload_build *build)
{
	give_label(build, LABEL_WORKLOAD, build->name);
	if (build->gvc)
		give_label(build, LABEL_GVC, build->gvc);
}

/* The mesh takes the VM's pod in when there is one; Prometheus finds the metrics. */
static void annotations_give(struct workload_build *build)
{
	const struct workload_metrics *metrics = build->container->metrics;
	const struct yaml_node *at = build->document->root;

	give_annotation(build, ANNOTATION_SIDECAR, tree_text(build->arena, at, "true"));
	if (metrics == NULL)
		return;
	at = given_place(build, GIVEN(workload_metrics_type, metrics, port));
	give_annotation(build, ANNOTATION_SCRAPE, tree_text(build->arena, at, "true"));
	give_annotation(build, ANNOTATION_PORT, tree_format(build->arena, at, "%d", (int)*metrics->port));
	give_annotation(build, ANNOTATION_PATH,
			tree_text(build->arena, at, metrics->path ? metrics->path : METRICS_PATH));
}

static void identity_warn(const struct workload_build *build)
{
	const struct place *place =
		object_place(&workload_spec_type, build->spec, offsetof(struct workload_spec, identity));
	struct link link;

	if (build->spec->identity && link_read(build, place, build->spec->identity, "identity", &link))
		reader_warn_at(
			build->reader, place,
			"identity \"%s\" has no effect: nothing hands credentials of clouds to the guest; give it "
			"some of its own, e.g. as a secret among volumes",
			link.name);
}

static void vm_give(struct workload_build *build)
{
	if (build->replicas)
		translation_take_metadata(build->translation, build->document, build->name, build->vm);
	labels_give(build);
	annotations_give(build);
	identity_warn(build);
	scale_give(build);
	machine_give(build);
	boot_disk_give(build);
	volumes_give(build);
	probes_give(build);
	init_give(build);
	access_give(build);
	placement_give(build);
	service_add(build);
	firewall_add(build);
}

/* As it was written, since it may be wrong. */
void workload_say_names(const struct fact *document, struct facts *facts)
{
	const struct yaml_node *guest = yaml_get(document->spec, "vm");
	const struct yaml_node *containers = yaml_get(document->spec, "containers"), *volumes = NULL;

	facts_note_saying(facts, document, yaml_get(guest, "subdomain"));
	facts_note_saying(facts, document, yaml_get(yaml_get(yaml_get(guest, "bootDisk"), "persist"), "volumeSet"));
	if (containers && containers->kind == YAML_SEQUENCE && containers->count)
		volumes = yaml_get(containers->items[0], "volumes");
	for (size_t i = 0; volumes && volumes->kind == YAML_SEQUENCE && i < volumes->count; i++)
		facts_note_saying(facts, document, yaml_get(volumes->items[i], "uri"));
}

void workload_translate(struct translation *translation, const struct fact *document)
{
	struct reader *reader = translation->reader;
	const struct yaml_node *gvc = yaml_get(document->root, "gvc");
	struct workload_build build = {
		.translation = translation,
		.reader = reader,
		.arena = reader->arena,
		.document = document,
		.name = document->name,
		.gvc = gvc && gvc->kind == YAML_STRING ? gvc->text : NULL,
	};
	size_t before = reader->errors;

	if (!translation_name_is_label(translation, document))
		return;
	if (document->spec == NULL) {
		reader_refuse(reader, document->root, "workload has no spec; add it");
		return;
	}
	build.spec = object_read(reader, document->spec, "spec", &workload_spec_type);
	if (reader->errors > before)
		return;
	build.container = build.spec->containers->items[0];
	build.guest = build.spec->guest;
	if (!scale_settle(&build))
		return;
	build.vm = build.replicas
			   ? translation_add_node(translation, build.name, "vm", yaml_get(document->root, "name"))
			   : tree_mapping(build.arena, document->root);
	if (build.vm)
		vm_give(&build);
}

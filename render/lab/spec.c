#include "render/lab/spec.h"

#include "base/text.h"
#include "render/lab/data_disks.h"
#include "render/lab/document.h"
#include "render/lab/expiry.h"
#include "render/lab/instances.h"
#include "render/lab/interfaces.h"
#include "render/lab/labels.h"
#include "render/lab/machine_fields.h"
#include "render/lab/manifests.h"
#include "render/lab/names.h"
#include "render/lab/nodes.h"
#include "render/lab/operation_fields.h"
#include "render/lab/schedule.h"
#include "render/lab/values.h"

struct spec_fields {
	const struct yaml_pair *defaults, *links, *nodes, *manifests;
	const struct value_list *disks, *operations;
	const char *object_names;
	const bool *suspend;
	const struct dependency_list *depends_on;
	const struct lab_expiry *expires;
	const struct lab_schedule *schedule;
	const struct value_map *labels;
	const char *storage_class;
	const void *nothing; /* never set: read before the others */
};

#define PLAIN "plain"

static const char *const object_names[] = { "prefixed", PLAIN, NULL };
static const struct value_type object_names_type = { .name = "text", .shape = VALUE_TEXT, .allowed = object_names };

static const struct field spec_fields[] = {
	{ "defaults", value_mapping_pair, offsetof(struct spec_fields, defaults), &defaults_type,
	  "What the lab's nodes and links have in common, by type. It goes before Defaults and a KNLConfig's "
	  "defaultNode, and a node's or link's own fields go before it.",
	  .fallback = NULL },
	{ "dependsOn", dependencies_read, offsetof(struct spec_fields, depends_on), &dependencies_type,
	  "Labs that must be Ready before this one is applied: names of labs of the same namespace, or {name, "
	  "namespace}. A lab with instances stands for all of them.",
	  .fallback = NULL },
	{ "disks", data_disks_read, offsetof(struct spec_fields, disks), &data_disks_type,
	  "Disks of no node in particular, which nodes take as pvc. Only in a Lab of labsync.dev.",
	  .fallback = NULL },
	{ "expires", expiry_read, offsetof(struct spec_fields, expires), &expiry_type,
	  "When the lab is over and all of it is removed: a time with its offset from UTC, like "
	  "2026-12-31T18:00:00+01:00, or a date, at whose end it is over by the clocks of schedule.timeZone, or of "
	  "UTC "
	  "without one.",
	  .fallback = NULL },
	{ "instances", document_seen, offsetof(struct spec_fields, nothing), &instances_type,
	  "Makes several labs of this one, all alike but for what ${instance}, ${number} and variables say. A number "
	  "from 1 to 500 makes NAME-01, NAME-02 and so on; a list makes NAME-ENTRY for each entry, which is a name "
	  "or "
	  "{name, variables}. Only in a Lab of labsync.dev.",
	  .fallback = NULL },
	{ "labels", labels_read, offsetof(struct spec_fields, labels), &labels_type,
	  "Labels for all of the lab's objects. They go before those of Defaults and of metadata.",
	  .fallback = NULL },
	{ "links", value_mapping_pair, offsetof(struct spec_fields, links), &links_type,
	  "The links by name, each a layer-2 segment between two or more nodes.", .fallback = NULL },
	{ "nodes", value_mapping_pair, offsetof(struct spec_fields, nodes), &nodes_type,
	  "The nodes by name, each of one type: vm, pod, srl or virtualMachine. A name that begins with vm-, pod- or "
	  "srl- says the "
	  "type "
	  "itself, and needs no entry when a link names it.",
	  .fallback = NULL },
	{ "objectNames", NULL, offsetof(struct spec_fields, object_names), &object_names_type,
	  "What the objects of nodes and disks are called on the cluster: prefixed, LAB-NODE, or plain, NODE. Those "
	  "of "
	  "links have the lab's name in either case. Only in a Lab of labsync.dev.",
	  .fallback = "prefixed" },
	{ "objects", value_sequence_pair, offsetof(struct spec_fields, manifests), &manifests_type,
	  "Objects of Kubernetes' that belong to the lab, as they are: Secret, ConfigMap, Service, "
	  "PersistentVolumeClaim, Namespace and ServiceAccount, NetworkPolicy, NetworkAttachmentDefinition, "
	  "VirtualMachinePool, DataVolume, DataSource, VirtualMachineInstancetype, VirtualMachinePreference and the "
	  "two "
	  "of the cluster, MigrationPolicy, VirtualMachineSnapshot. labsync adds its labels. A Namespace is made but "
	  "never removed. Only in a Lab of labsync.dev.",
	  .fallback = NULL },
	{ "operations", operations_read, offsetof(struct spec_fields, operations), &operations_type,
	  "What is done once to virtual machines, in this order. Only in a Lab of labsync.dev.", .fallback = NULL },
	{ "schedule", schedule_read, offsetof(struct spec_fields, schedule), &schedule_type,
	  "When the lab's machines run.", .fallback = NULL },
	{ "storageClass", storage_class_read, offsetof(struct spec_fields, storage_class), &subdomain_type,
	  "The StorageClass of the lab's disks. Without it, that of Defaults or of a KNLConfig, or else the "
	  "cluster's "
	  "default.",
	  .fallback = NULL },
	{ "suspend", value_boolean, offsetof(struct spec_fields, suspend), &boolean_type,
	  "Leaves what is there of the lab as it is: nothing of it is made, changed or removed.",
	  .fallback = "false" },
	{ "variables", document_seen, offsetof(struct spec_fields, nothing), &variables_type,
	  "Values for ${NAME} in this Lab's text; $${ stands for a literal ${. labsync's own are lab, the lab's "
	  "name, "
	  "and with instances, instance and number. Only in a Lab of labsync.dev.",
	  .fallback = NULL },
	{ .name = NULL },
};

const struct value_type lab_spec_type = { .name = "LabSpec", .shape = VALUE_OBJECT, .fields = spec_fields };

/* The lab's spec.defaults above all other layers. */
static struct settings_layers layers_build(struct reader *reader, const struct surroundings *around,
					   const struct yaml_pair *defaults)
{
	const struct settings_layers *below = &around->layers;
	const struct node_settings **items = arena_new(reader->arena, (below->count + 1) * sizeof(*items));
	struct node_settings *own;
	size_t count = below->count;

	for (size_t i = 0; i < count; i++)
		items[i] = below->items[i];
	if (defaults) {
		own = arena_new(reader->arena, sizeof(*own));
		settings_read_defaults(reader, defaults->value, "defaults", own);
		items[count++] = own;
	}
	return (struct settings_layers){ .items = items, .count = count };
}

/* Objects, disks and operations are enough to be a lab. */
static bool has_parts(const struct spec_fields *fields)
{
	return fields->manifests || fields->disks || fields->operations;
}

static void topology_read(struct reader *reader, const struct yaml_node *spec, const struct spec_fields *fields,
			  const struct settings_layers *layers, struct lab *lab)
{
	struct link_list links = { .links = NULL };
	struct node_list nodes = { .drafts = NULL };
	size_t before = reader->errors;

	if (fields->links)
		links_read(reader, lab->name, fields->links->value, settings_merge_link(reader->arena, layers),
			   &links);
	nodes_collect(reader, lab->name, fields->nodes ? fields->nodes->value : NULL, layers, &links, &nodes);
	if (nodes.count == 0 && reader->errors == before && !has_parts(fields))
		reader_refuse(reader, spec, "lab \"%s\" has no nodes; add them under spec.nodes", lab->name);
	lab->links = links.links;
	lab->link_count = links.link_count;
	lab->nodes = arena_new(reader->arena, (nodes.count + 1) * sizeof(*lab->nodes));
	lab->node_count = nodes.count;
	nodes_settle(reader, lab, &nodes, layers, lab->nodes);
	interfaces_attach(reader, lab, &nodes, &links);
	machines_check_networks(reader, lab);
}

/* What is there beside the nodes; operations are of them. */
static void parts_read(struct reader *reader, const struct spec_fields *fields, struct lab *lab)
{
	manifests_settle(reader, fields->manifests, lab);
	data_disks_settle(reader, fields->disks, lab);
	operations_settle(reader, fields->operations, lab);
}

static void times_apply(struct reader *reader, const struct spec_fields *fields, struct time_zones *zones, time_t now,
			struct lab *lab)
{
	const struct time_zone *zone;
	int64_t end;

	if (fields->schedule == NULL && fields->expires == NULL)
		return;
	zone = schedule_zone(reader, fields->schedule, zones);
	if (zone == NULL || now == 0)
		return;
	if (fields->expires) {
		end = expiry_moment(fields->expires, zone);
		lab->expired = now >= end;
		if (lab->expired)
			return; /* nor does anything about it change any more */
		schedule_note_change(lab, end);
	}
	if (fields->schedule)
		schedule_apply(fields->schedule, zone, now, lab);
}

void spec_read(struct reader *reader, const struct yaml_node *spec, const struct surroundings *around,
	       struct time_zones *zones, time_t now, struct lab *lab, const struct dependency_list **dependencies)
{
	struct spec_fields fields = { .nodes = NULL };
	struct settings_layers layers;
	size_t before = reader->errors;

	fields_read(reader, spec, "spec", spec_fields, &fields);
	layers = layers_build(reader, around, fields.defaults);
	lab->suspended = fields.suspend && *fields.suspend;
	lab->labels = labels_merge(reader->arena, lab->labels, fields.labels);
	if (fields.storage_class)
		lab->storage_class = fields.storage_class;
	times_apply(reader, &fields, zones, now, lab);
	lab->plain_names = text_equal(fields.object_names, PLAIN);
	*dependencies = fields.depends_on;
	if (fields.nodes || fields.links || reader->errors == before)
		topology_read(reader, spec, &fields, &layers, lab);
	parts_read(reader, &fields, lab);
}

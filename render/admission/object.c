#include "render/admission/rules.h"
#include "render/admission/words.h"

#include "base/text.h"

#include <string.h>

/* A2 */
static void template_is_there(const struct machine_view *machine)
{
	if (!place_has(&machine->spec, "template"))
		refuse(&machine->template, "a machine needs a template; give spec.template");
}

/* A3, A4 */
static void run_strategy(const struct machine_view *machine)
{
	static const char *const strategies[] = { "Always", "Halted", "Manual", "Once", "RerunOnFailure", NULL };
	struct place running = place_at(&machine->spec, "running");
	struct place strategy = place_at(&machine->spec, "runStrategy");
	const char *word = place_text(&machine->spec, "runStrategy");

	if (running.value && strategy.value)
		refuse(&running, "running and runStrategy exclude each other; drop running, which is deprecated");
	if (running.value == NULL && strategy.value == NULL)
		refuse(&strategy,
		       "a machine needs a runStrategy; use Always, Halted, Manual, Once or RerunOnFailure");
	if (word && strcmp(word, "WaitAsReceiver") == 0)
		refuse_without_gate(&strategy, "runStrategy WaitAsReceiver", "DecentralizedLiveMigration");
	else
		refuse_other_words(&machine->spec, "runStrategy", strategies, WORDS_EMPTY_IS_WRONG);
}

/* A5 */
static void reserved_labels(const struct machine_view *machine)
{
	static const char *const reserved[] = { "kubevirt.io/created-by",  "kubevirt.io/migrationJobUID",
						"kubevirt.io/nodeName",    "kubevirt.io/migrationTargetNodeName",
						"kubevirt.io/schedulable", "kubevirt.io/install-strategy" };
	struct place labels = place_object(&machine->metadata, "labels");

	for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++) {
		if (json_object_get(labels.value, reserved[i]))
			refuse_at(&labels, reserved[i], "the label %s is KubeVirt's own; use another name",
				  reserved[i]);
	}
}

/* A6 */
static void gated_annotations(const struct machine_view *machine)
{
	static const struct {
		const char *key, *gate;
	} gated[] = {
		{ "kubevirt.io/ignitiondata", "ExperimentalIgnitionSupport" },
		{ "hooks.kubevirt.io/hookSidecars", "Sidecar" },
	};
	struct place annotations = place_object(&machine->metadata, "annotations");

	for (size_t i = 0; i < sizeof(gated) / sizeof(gated[0]); i++) {
		struct place annotation = place_at(&annotations, gated[i].key);
		cleanup(free) char *what = string_format("the annotation %s", gated[i].key);

		if (place_text(&annotations, gated[i].key))
			refuse_without_gate(&annotation, what, gated[i].gate);
	}
}

/* What the API server takes in any object's metadata. */
static void label_is_good(const struct place *labels, const char *key)
{
	const char *value = place_text(labels, key);

	if (!word_is_label_key(key))
		refuse_at(labels, key, "\"%.80s\" is no name of a label; write [prefix/]name", key);
	if (value && !word_is_label_value(value))
		refuse_at(labels, key,
			  "\"%.80s\" is no value of a label; use at most 63 letters, digits, dashes, dots and "
			  "underscores, with a letter or digit at both ends",
			  value);
}

static void annotation_is_good(const struct place *annotations, const char *key)
{
	place_text(annotations, key);
	if (!word_is_label_key(key))
		refuse_at(annotations, key, "\"%.80s\" is no name of an annotation; write [prefix/]name", key);
}

static void metadata_is_good(const struct place *metadata)
{
	struct place labels = place_object(metadata, "labels");
	struct place annotations = place_object(metadata, "annotations");
	const char *key;
	json_t *value;

	json_object_foreach ((json_t *)labels.value, key, value) {
		label_is_good(&labels, key);
	}
	json_object_foreach ((json_t *)annotations.value, key, value) {
		annotation_is_good(&annotations, key);
	}
}

/* A7: the server takes more, but the launcher's labels, Services and volumes are named after the machine. */
static void name_is_a_label(const struct place *owner)
{
	struct place metadata = place_object(owner, "metadata");
	const char *name = place_text(&metadata, "name");

	if (name && !text_is_dns_label(name))
		refuse_at(&metadata, "name",
			  "\"%.80s\" does not work as the name of a machine; use at most 63 lower-case letters, "
			  "digits and dashes",
			  name);
}

/* A11: the matcher itself */
static void matcher(const struct machine_view *machine, const char *key, const char *const *kinds)
{
	struct place matcher = place_object(&machine->spec, key);
	static const char *const policies[] = { "Reject", "Ignore", NULL };

	if (!place_is_given(&matcher))
		return;
	if (!place_has(&matcher, "name") && !place_has(&matcher, "inferFromVolume"))
		refuse(&matcher, "%s names nothing; give name or inferFromVolume", key);
	if (place_has(&matcher, "revisionName") && place_has(&matcher, "inferFromVolume"))
		refuse_at(&matcher, "revisionName", "revisionName and inferFromVolume exclude each other; drop one");
	if (place_has(&matcher, "name") && place_has(&matcher, "inferFromVolume"))
		refuse_at(&matcher, "inferFromVolume", "name and inferFromVolume exclude each other; drop one");
	if (place_has(&matcher, "kind") && place_has(&matcher, "inferFromVolume"))
		refuse_at(&matcher, "kind", "kind and inferFromVolume exclude each other; drop kind");
	refuse_other_words(&matcher, "kind", kinds, WORDS_EMPTY_IS_UNSET);
	refuse_other_words(&matcher, "inferFromVolumeFailurePolicy", policies, WORDS_EMPTY_IS_WRONG);
}

static void matchers(const struct machine_view *machine)
{
	static const char *const instancetypes[] = { "VirtualMachineClusterInstancetype",
						     "VirtualMachineInstancetype", NULL };
	static const char *const preferences[] = { "VirtualMachineClusterPreference", "VirtualMachinePreference",
						   NULL };

	matcher(machine, "instancetype", instancetypes);
	matcher(machine, "preference", preferences);
}

static bool is_set(const struct place *place)
{
	return place->value && !json_is_false(place->value) &&
	       !(json_is_integer(place->value) && json_integer_value(place->value) == 0) &&
	       !(json_is_string(place->value) && json_string_length(place->value) == 0);
}

/* A11, A32: an instancetype always says how many CPUs and how much memory; what else it says, only the cluster knows. */
static void instancetype_conflicts(const struct machine_view *machine)
{
	const struct {
		const struct place *parent;
		const char *key;
		bool always;
	} fields[] = {
		{ &machine->cpu, "sockets", true },
		{ &machine->cpu, "cores", true },
		{ &machine->cpu, "threads", true },
		{ &machine->cpu, "model", false },
		{ &machine->cpu, "dedicatedCpuPlacement", false },
		{ &machine->cpu, "isolateEmulatorThread", false },
		{ &machine->cpu, "numa", false },
		{ &machine->cpu, "realtime", false },
		{ &machine->memory, "guest", true },
		{ &machine->memory, "hugepages", false },
		{ &machine->memory, "maxGuest", false },
		{ &machine->requests, "cpu", true },
		{ &machine->requests, "memory", true },
		{ &machine->limits, "cpu", true },
		{ &machine->limits, "memory", true },
		{ &machine->devices, "gpus", false },
		{ &machine->devices, "hostDevices", false },
		{ &machine->domain, "ioThreadsPolicy", false },
		{ &machine->domain, "launchSecurity", false },
	};

	for (size_t i = 0; machine->has_instancetype && i < sizeof(fields) / sizeof(fields[0]); i++) {
		struct place place = place_at(fields[i].parent, fields[i].key);

		if (!is_set(&place))
			continue;
		if (fields[i].always)
			refuse(&place, "this conflicts with the instancetype, which sets it; drop one of the two");
		else
			warn(&place,
			     "this conflicts with the instancetype when that sets it too; drop one of the two");
	}
}

void rules_object(const struct machine_view *machine, const struct place *owner)
{
	struct place metadata = place_object(owner, "metadata");

	name_is_a_label(owner);
	metadata_is_good(&metadata);
	metadata_is_good(&machine->metadata);
	template_is_there(machine);
	run_strategy(machine);
	reserved_labels(machine);
	gated_annotations(machine);
	matchers(machine);
	instancetype_conflicts(machine);
}

#include "render/admission/rules.h"
#include "render/admission/words.h"

#include <fnmatch.h>
#include <string.h>

/* A8 */
static void sockets(const struct machine_view *machine)
{
	int64_t sockets = 0, most = 0;

	if (!place_integer(&machine->cpu, "maxSockets", &most) || most == 0)
		return;
	if (place_integer(&machine->cpu, "sockets", &sockets) && sockets > most)
		refuse_at(&machine->cpu, "sockets", "%jd sockets are more than maxSockets %jd; raise maxSockets",
			  (intmax_t)sockets, (intmax_t)most);
}

/* The API holds these as 32 bits without a sign. */
static void topology_numbers(const struct machine_view *machine)
{
	static const char *const keys[] = { "sockets", "cores", "threads", "maxSockets" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		refuse_outside(&machine->cpu, keys[i], 0, UINT32_MAX, keys[i]);
}

/* A23, and the first half of A20 */
static void not_negative(const struct place *resources, const char *key)
{
	int64_t amount;

	if (place_quantity(resources, key, &amount) && amount < 0)
		refuse_at(resources, key, "a resource cannot be negative; use 0 or more");
}

/* A20, A23 */
static void request_within_limit(const struct machine_view *machine, const char *key)
{
	int64_t request, limit;

	if (place_quantity(&machine->requests, key, &request) && place_quantity(&machine->limits, key, &limit) &&
	    limit > 0 && request > limit)
		refuse_at(&machine->requests, key,
			  "the request is greater than the limit; lower it or raise "
			  "resources.limits");
}

/* A25, A26, A27 */
static void needs_dedicated_cpus(const struct machine_view *machine)
{
	struct place numa = place_object(&machine->cpu, "numa");
	struct place passthrough = place_object(&numa, "guestMappingPassthrough");
	struct place realtime = place_object(&machine->cpu, "realtime");
	bool dedicated = place_is_true(&machine->cpu, "dedicatedCpuPlacement");

	if (place_is_given(&passthrough) && !dedicated)
		refuse(&passthrough, "NUMA passthrough needs CPUs of its own; set cpu.dedicatedCpuPlacement");
	if (place_is_given(&passthrough) && !place_has(&machine->memory, "hugepages"))
		refuse(&passthrough, "NUMA passthrough needs huge pages; set memory.hugepages");
	if (place_is_given(&realtime) && !dedicated)
		refuse(&realtime, "realtime needs CPUs of its own; set cpu.dedicatedCpuPlacement");
	if (place_is_given(&realtime) && !place_is_given(&passthrough))
		refuse(&realtime, "realtime needs a NUMA topology; set cpu.numa.guestMappingPassthrough");
	if (place_is_true(&machine->cpu, "isolateEmulatorThread") && !dedicated)
		refuse_at(&machine->cpu, "isolateEmulatorThread",
			  "this works only with CPUs of its own; set cpu.dedicatedCpuPlacement");
}

/* A28 */
static void cpu_features(const struct machine_view *machine)
{
	static const char *const policies[] = { "force", "require", "optional", "disable", "forbid", NULL };
	struct place features = place_list(&machine->cpu, "features");

	for (size_t i = 0; i < place_count(&features); i++) {
		struct place feature = place_item(&features, i);

		if (place_is_given(&feature) && !place_has(&feature, "name"))
			refuse_at(&feature, "name", "a CPU feature needs a name; give one");
		refuse_other_words(&feature, "policy", policies, WORDS_EMPTY_IS_UNSET);
	}
}

/* A29: what a cluster takes can be changed in the KubeVirt resource. */
static void machine_type(const struct machine_view *machine)
{
	static const struct {
		const char *architecture, *first, *second, *words;
	} types[] = {
		{ "amd64", "q35*", "pc-q35*", "q35 or pc-q35-..." },
		{ "arm64", "virt*", "virt*", "virt or virt-..." },
		{ "s390x", "s390-ccw-virtio*", "s390-ccw-virtio*", "s390-ccw-virtio" },
	};
	struct place model = place_object(&machine->domain, "machine");
	struct place type = place_at(&model, "type");
	const char *word = place_text(&model, "type");

	for (size_t i = 0; word && i < sizeof(types) / sizeof(types[0]); i++) {
		if (strcmp(types[i].architecture, machine->architecture) != 0)
			continue;
		if (fnmatch(types[i].first, word, 0) != 0 && fnmatch(types[i].second, word, 0) != 0)
			warn(&type,
			     "machine type \"%.40s\" is refused on %.20s unless the KubeVirt resource lists it under "
			     "emulatedMachines; use %s",
			     word, machine->architecture, types[i].words);
	}
}

/* A30 */
static void architecture(const struct machine_view *machine)
{
	static const char *const architectures[] = { "amd64", "arm64", "s390x", NULL };

	refuse_other_words(&machine->instance, "architecture", architectures, WORDS_EMPTY_IS_UNSET);
}

/* A31: the CPU model; the rest of A31 stands with the devices. */
static void cpu_model_of_arm(const struct machine_view *machine)
{
	const char *model = place_text(&machine->cpu, "model");

	if (model && strcmp(machine->architecture, "arm64") == 0 && strcmp(model, "host-passthrough") != 0)
		refuse_at(&machine->cpu, "model",
			  "arm64 has only the CPU model host-passthrough; use it or drop model");
}

void rules_cpu(const struct machine_view *machine)
{
	topology_numbers(machine);
	sockets(machine);
	not_negative(&machine->requests, "cpu");
	not_negative(&machine->limits, "cpu");
	request_within_limit(machine, "cpu");
	if (place_is_true(&machine->cpu, "dedicatedCpuPlacement"))
		rules_dedicated_cpu(machine);
	needs_dedicated_cpus(machine);
	cpu_features(machine);
	machine_type(machine);
	architecture(machine);
	cpu_model_of_arm(machine);
}

/* A19: told by the cluster only when the machine starts. */
static void memory_is_there(const struct machine_view *machine)
{
	struct place hugepages = place_object(&machine->memory, "hugepages");

	if (machine->has_instancetype || place_has(&machine->memory, "guest") || place_has(&hugepages, "pageSize") ||
	    place_has(&machine->requests, "memory") || !place_is_given(&machine->domain))
		return;
	refuse(&machine->memory, "the machine asks for no memory; give memory.guest, such as 2Gi");
}

/* A20 */
static void memory_request(const struct machine_view *machine)
{
	static const int64_t least = 1000000LL * 1000; /* 1M */
	int64_t request;

	not_negative(&machine->requests, "memory");
	not_negative(&machine->limits, "memory");
	if (place_quantity(&machine->requests, "memory", &request) && request > 0 && request < least)
		refuse_at(&machine->requests, "memory", "this is less than 1M; KubeVirt wants 1M or more");
	request_within_limit(machine, "memory");
}

/* A21: only where the cluster's vmRolloutStrategy is Stage, but nowhere can such a machine live. */
static void guest_within_limit(const struct machine_view *machine)
{
	struct place place = place_at(&machine->memory, "guest");
	int64_t guest, limit;

	if (place_quantity(&machine->memory, "guest", &guest) && place_quantity(&machine->limits, "memory", &limit) &&
	    limit > 0 && guest > limit)
		warn(&place,
		     "the guest has more memory than resources.limits.memory allows; lower it or raise the limit");
}

/* The memory that huge pages must hold, and where it was said. */
static bool memory_in_pages(const struct machine_view *machine, struct place *where, int64_t *amount)
{
	const struct {
		const struct place *parent;
		const char *key;
	} places[] = { { &machine->requests, "memory" },
		       { &machine->memory, "guest" },
		       { &machine->limits, "memory" } };

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		if (!place_quantity(places[i].parent, places[i].key, amount) || *amount == 0)
			continue;
		*where = place_at(places[i].parent, places[i].key);
		return true;
	}
	return false;
}

/* A22 */
static void huge_pages(const struct machine_view *machine)
{
	struct place hugepages = place_object(&machine->memory, "hugepages");
	const char *size_text = place_text(&hugepages, "pageSize");
	struct place where;
	int64_t size, amount;

	if (!place_is_given(&hugepages))
		return;
	if (size_text == NULL) {
		refuse_at(&hugepages, "pageSize", "huge pages need a size; use 2Mi or 1Gi");
		return;
	}
	if (!place_quantity(&hugepages, "pageSize", &size))
		return;
	if (size <= 0) {
		refuse_at(&hugepages, "pageSize", "a page cannot be of size %.40s; use 2Mi or 1Gi", size_text);
		return;
	}
	if (!memory_in_pages(machine, &where, &amount))
		return;
	if (amount < size)
		refuse(&where, "the memory is less than one page of %.40s; use a multiple of it", size_text);
	else if (amount % size != 0)
		refuse(&where, "the memory is not a multiple of the page size %.40s; round it up", size_text);
}

void rules_memory(const struct machine_view *machine)
{
	memory_is_there(machine);
	memory_request(machine);
	guest_within_limit(machine);
	huge_pages(machine);
}

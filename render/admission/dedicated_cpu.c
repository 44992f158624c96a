#include "render/admission/rules.h"

#include <string.h>

enum { THOUSANDTHS = 1000 };

/* Whole CPUs, rounded up as Kubernetes does. */
static int64_t cpus(const struct place *resources)
{
	int64_t amount;

	if (!place_quantity(resources, "cpu", &amount) || amount <= 0)
		return 0;
	return amount / THOUSANDTHS + (amount % THOUSANDTHS != 0);
}

static void whole_cpus(const struct place *resources)
{
	int64_t amount;

	if (place_quantity(resources, "cpu", &amount) && amount > 0 && amount % THOUSANDTHS != 0)
		refuse_at(resources, "cpu", "dedicated CPUs are whole ones; use a number without a fraction");
}

/* cores x sockets x threads, where one that is not given counts as 1; 0 when none is. */
static int64_t topology_cpus(const struct machine_view *machine)
{
	static const char *const keys[] = { "cores", "sockets", "threads" };
	int64_t product = 0, number;

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (!place_integer(&machine->cpu, keys[i], &number) || number <= 0 || number > UINT32_MAX)
			continue;
		if (product == 0)
			product = number;
		else if (__builtin_mul_overflow(product, number, &product))
			return INT64_MAX;
	}
	return product;
}

static void how_many(const struct machine_view *machine)
{
	int64_t request = cpus(&machine->requests), limit = cpus(&machine->limits);
	int64_t topology = topology_cpus(machine);

	if (request == 0 && limit == 0 && topology == 0 && !machine->has_instancetype)
		refuse_at(&machine->cpu, "cores", "dedicated CPUs need a number; give cpu.cores");
	if (request > 0 && limit > 0 && request != limit)
		refuse_at(&machine->requests, "cpu",
			  "with dedicated CPUs the request must equal the limit; make them "
			  "the same");
	if ((request > 0 || limit > 0) && topology > 0 && request != topology && limit != topology)
		refuse_at(request > 0 ? &machine->requests : &machine->limits, "cpu",
			  "with dedicated CPUs this must equal the %jd CPUs of cpu; drop it", (intmax_t)topology);
}

static void memory(const struct machine_view *machine)
{
	int64_t request = 0, limit = 0, guest = 0;

	place_quantity(&machine->requests, "memory", &request);
	place_quantity(&machine->limits, "memory", &limit);
	place_quantity(&machine->memory, "guest", &guest);
	if (request == 0 && limit == 0 && guest == 0 && !place_has(&machine->memory, "hugepages") &&
	    !machine->has_instancetype)
		refuse(&machine->memory, "dedicated CPUs need memory to be given; give memory.guest, such as 2Gi");
	if (request > 0 && limit > 0 && request != limit)
		refuse_at(&machine->requests, "memory",
			  "with dedicated CPUs the request must equal the limit; make them the same");
}

static void threads(const struct machine_view *machine)
{
	int64_t count;

	if (!place_integer(&machine->cpu, "threads", &count))
		return;
	if (count > 1 && strcmp(machine->architecture, "arm64") == 0)
		refuse_at(&machine->cpu, "threads", "arm64 has one thread a core; use 1");
	else if (count > 2)
		refuse_at(&machine->cpu, "threads", "dedicated CPUs have at most two threads a core; use 1 or 2");
}

/* A24 */
void rules_dedicated_cpu(const struct machine_view *machine)
{
	whole_cpus(&machine->requests);
	whole_cpus(&machine->limits);
	how_many(machine);
	memory(machine);
	threads(machine);
}

/* The machine: processor, memory, firmware, clock, its interface and names. */
#include <string.h>

#include "base/quantity.h"
#include "base/text.h"
#include "render/dialects/controlplane/build.h"
#include "render/dialects/mapping.h"

enum { NETWORK_NAME_MOST = 15 };

#define NETWORK_NAME "default"

static int64_t whole_cores(const struct workload_container *container)
{
	int64_t thousandths = 0;

	quantity_parse(container->cpu, &thousandths);
	return thousandths / 1000;
}

static int64_t units(const int64_t *given)
{
	return given ? *given : 1;
}

/* Sockets and threads divide the cores that the container has. */
static void topology_give(struct workload_build *build, int64_t cores)
{
	const struct guest_cpu *cpu = build->guest->cpu;
	int64_t parts = units(cpu->sockets) * units(cpu->threads);
	const struct yaml_node *at = given_place(build, GIVEN(workload_container_type, build->container, cpu));
	struct yaml_node *topology = tree_mapping_at(build->arena, build->vm, "cpuTopology", at);

	if (cores % parts) {
		reader_error_at(build->reader, &cpu->settings.place,
				"cpu of the container is %d, which sockets %d and threads %d do not divide evenly; "
				"use a multiple of %d, or other numbers",
				(int)cores, (int)units(cpu->sockets), (int)units(cpu->threads), (int)parts);
		return;
	}
	give_number(build, topology, "sockets", GIVEN(guest_cpu_type, cpu, sockets));
	tree_set(build->arena, topology, "cores", tree_integer(build->arena, at, cores / parts));
	give_number(build, topology, "threads", GIVEN(guest_cpu_type, cpu, threads));
}

static void processor_give(struct workload_build *build)
{
	const struct guest_cpu *cpu = build->guest->cpu;
	int64_t cores = whole_cores(build->container);

	if (cpu && (cpu->sockets || cpu->threads))
		topology_give(build, cores);
	else
		tree_set(build->arena, build->vm, "cpu",
			 tree_integer(build->arena,
				      given_place(build, GIVEN(workload_container_type, build->container, cpu)),
				      cores));
}

/* What is kept for a VM is a part of what it has, and not nothing. */
static void least_check(const struct workload_build *build, const struct given *least, const char *key,
			const char *whole_key, const char *least_text, const char *whole_text)
{
	int64_t kept = 0, whole = 0;

	if (least_text == NULL || !quantity_parse(least_text, &kept) || !quantity_parse(whole_text, &whole))
		return;
	if (kept <= 0)
		reader_error_at(build->reader, object_place(least->type, least->object, least->offset),
				"%s must be more than 0; remove it, and all of %s is kept", key, whole_key);
	else if (kept > whole)
		reader_error_at(build->reader, object_place(least->type, least->object, least->offset),
				"%s %s is more than %s, which is %s; lower it, or remove it", key, least_text,
				whole_key, whole_text);
}

static void resources_give(struct workload_build *build)
{
	const struct workload_container *container = build->container;
	struct yaml_node *requests;

	if (container->min_cpu == NULL && container->min_memory == NULL)
		return;
	least_check(build, GIVEN(workload_container_type, container, min_cpu), "minCpu", "cpu", container->min_cpu,
		    container->cpu);
	least_check(build, GIVEN(workload_container_type, container, min_memory), "minMemory", "memory",
		    container->min_memory, container->memory);
	requests = tree_mapping_at(build->arena,
				   tree_mapping_at(build->arena, build->vm, "resources", build->document->root),
				   "requests", build->document->root);
	give_text(build, requests, "cpu", GIVEN(workload_container_type, container, min_cpu));
	give_text(build, requests, "memory", GIVEN(workload_container_type, container, min_memory));
}

/* KubeVirt invents a UUID and a serial number for each VM; given ones are one VM's. */
static void identity_check(struct workload_build *build)
{
	const struct guest_firmware *firmware = build->guest->firmware;

	if (build->replicas < 2)
		return;
	if (firmware->uuid)
		reader_error_at(
			build->reader,
			object_place(&guest_firmware_type, firmware, offsetof(struct guest_firmware, uuid)),
			"firmware.uuid cannot be that of each of %d replicas; remove it, and each gets one of "
			"its own",
			(int)build->replicas);
	if (firmware->serial)
		reader_error_at(build->reader,
				object_place(&guest_firmware_type, firmware, offsetof(struct guest_firmware, serial)),
				"firmware.serial cannot be that of each of %d replicas; remove it, and each gets one "
				"of its own",
				(int)build->replicas);
}

static void firmware_give(struct workload_build *build)
{
	const struct guest_firmware *given = build->guest->firmware;
	struct yaml_node *firmware = tree_mapping_at(build->arena, build->vm, "firmware", build->document->root);

	if (given == NULL || given->bootloader == NULL)
		tree_set(build->arena, firmware, "bootloader", tree_text(build->arena, build->document->root, "efi"));
	if (given == NULL)
		return;
	identity_check(build);
	give_text(build, firmware, "bootloader", GIVEN(guest_firmware_type, given, bootloader));
	give_text(build, firmware, "uuid", GIVEN(guest_firmware_type, given, uuid));
	give_text(build, firmware, "serial", GIVEN(guest_firmware_type, given, serial));
}

static void tpm_give(struct workload_build *build, const struct guest_tpm *tpm)
{
	struct yaml_node *target = tree_mapping_at(build->arena, build->vm, "tpm",
						   given_place(build, GIVEN(guest_tpm_type, tpm, enabled)));

	give_boolean(build, target, "enabled", GIVEN(guest_tpm_type, tpm, enabled));
	give_boolean(build, target, "persistent", GIVEN(guest_tpm_type, tpm, persistent));
}

static void features_give(struct workload_build *build)
{
	const struct guest_features *given = build->guest->features;
	struct yaml_node *features;

	if (given == NULL)
		return;
	if (given->acpi || given->apic || given->smm) {
		features = tree_mapping_at(build->arena, build->vm, "features",
					   given_place(build, GIVEN(guest_features_type, given, acpi)));
		give_boolean(build, features, "acpi", GIVEN(guest_features_type, given, acpi));
		give_boolean(build, features, "apic", GIVEN(guest_features_type, given, apic));
		give_boolean(build, features, "smm", GIVEN(guest_features_type, given, smm));
	}
	give_boolean(build, build->vm, "rng", GIVEN(guest_features_type, given, rng));
	if (given->tpm)
		tpm_give(build, given->tpm);
}

/* A preference knows the guest better than a table here does. */
static void system_give(struct workload_build *build)
{
	const struct given *given = GIVEN(guest_type, build->guest, guest_os);
	const char *preference;

	if (build->guest->guest_os == NULL)
		return;
	preference = mapping_preference(build->translation->facts, build->guest->guest_os);
	if (preference)
		tree_set(build->arena,
			 tree_mapping_at(build->arena, build->vm, "preference", given_place(build, given)), "name",
			 tree_text(build->arena, given_place(build, given), preference));
	else
		give_text(build, build->vm, "guestOS", given);
	if (text_equal(build->guest->guest_os, "windows"))
		reader_warn_at(
			build->reader, object_place(given->type, given->object, given->offset),
			"guestOS windows: Control Plane's script that sets up DNS in the guest is not run; the "
			"guest learns the cluster's DNS by DHCP");
}

static void interface_give(struct workload_build *build)
{
	const struct value_list *networks = build->guest->networks;
	const struct guest_network *network = networks && networks->count ? networks->items[0] : NULL;
	const char *name = network && network->name ? network->name : NETWORK_NAME;
	const struct yaml_node *at =
		network ? given_place(build, GIVEN(guest_network_type, network, name)) : build->document->root;
	struct yaml_node *nic = tree_mapping(build->arena, at);

	if (strlen(name) > NETWORK_NAME_MOST)
		reader_refuse(build->reader, at, "name of the network %s is longer than %d characters; shorten it",
			      reader_quote(build->reader, name), NETWORK_NAME_MOST);
	tree_set(build->arena, nic, "name", tree_text(build->arena, at, name));
	tree_set(build->arena, nic, "network", tree_text(build->arena, at, "pod"));
	tree_append(build->arena, tree_list_at(build->arena, build->vm, "interfaces", at), nic);
	/* Nothing is held back from the guest: port 22 and whatever is forwarded to it by name. */
	tree_set(build->arena, build->vm, "ports", tree_list(build->arena, at));
}

static void names_give(struct workload_build *build)
{
	const struct guest *guest = build->guest;

	give_text(build, build->vm, "hostname", GIVEN(guest_type, guest, hostname));
	give_text(build, build->vm, "subdomain", GIVEN(guest_type, guest, subdomain));
	if (guest->hostname && build->replicas > 1)
		reader_warn_at(
			build->reader, object_place(&guest_type, guest, offsetof(struct guest, hostname)),
			"hostname %s is that of each of %d replicas; remove it, and each has the name of its VM",
			guest->hostname, (int)build->replicas);
}

void machine_give(struct workload_build *build)
{
	processor_give(build);
	give_text(build, build->vm, "memory", GIVEN(workload_container_type, build->container, memory));
	resources_give(build);
	firmware_give(build);
	features_give(build);
	system_give(build);
	interface_give(build);
	names_give(build);
	if (build->guest->clock)
		give_text(build, build->vm, "timezone", GIVEN(guest_clock_type, build->guest->clock, timezone));
	tree_set(build->arena, build->vm, "serialLog", tree_boolean(build->arena, build->document->root, true));
	if (build->spec->rollout)
		give_number(build, build->vm, "terminationGracePeriodSeconds",
			    GIVEN(workload_rollout_type, build->spec->rollout, grace_period));
}

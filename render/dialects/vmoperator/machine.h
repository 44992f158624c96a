/* A VirtualMachine of VM Operator becoming a vm of a Lab, part by part. */
#pragma once

#include "render/dialects/translation.h"
#include "render/dialects/vmoperator/class_fields.h"
#include "render/dialects/vmoperator/machine_fields.h"

/* Who tells the guest its name, addresses and users. */
enum provider { PROVIDER_NONE, PROVIDER_CLOUD_INIT, PROVIDER_LINUX_PREP, PROVIDER_SYSPREP };

struct machine {
	struct translation *translation;
	struct reader *reader;
	struct arena *arena;
	const struct fact *document;
	const struct machine_spec *spec;
	const struct class_spec *class_spec; /* NULL: the class is of a Mapping, or an instancetype */
	enum provider provider;
	bool is_on_pod_network;
	const char *firmware; /* "bios" or "efi" of the image; NULL when it is not known */
	struct yaml_node *vm; /* the vm's fields */
};

extern const struct value_type machine_document_type;
void vsphere_machine_translate(struct translation *translation, const struct fact *document);

/* Where a field of spec was written. */
struct yaml_node *machine_place(const struct machine *machine, size_t offset);
#define MACHINE_PLACE(machine, member) machine_place((machine), offsetof(struct machine_spec, member))

/* "CloudInit" and so on. */
const char *provider_name(enum provider provider);

/* --- Parts; each takes its fields of machine->spec --- */

bool machine_take_class(struct machine *machine); /* cores, memory, shares; false after it told what is wrong */
void machine_take_firmware(struct machine *machine); /* after class and disks */
void machine_take_disks(struct machine *machine); /* image, volumes, cdrom */
void machine_take_network(struct machine *machine); /* after bootstrap: NICs, and what the guest is told of them */
void machine_take_bootstrap(struct machine *machine);
void machine_take_power(struct machine *machine); /* powerState and its modes, restarts */
void machine_take_placement(struct machine *machine); /* zone, affinity */
void machine_take_probe(struct machine *machine); /* after network */
void machine_take_identity(struct machine *machine); /* UUIDs, guestID */
void machine_take_immutable(struct machine *machine); /* what cannot be changed later */

/* What is told to the guest by its user data; NULL without any, or when it is taken from a Secret as it is. */
struct yaml_node *machine_user_data(const struct machine *machine);

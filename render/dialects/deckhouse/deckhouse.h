/* Deckhouse Virtualization: what its documents are called, and how they are
 * read. What each of them means is a file of its own. */
#pragma once

#include "render/dialects/translation.h"

#define DECKHOUSE "deckhouse"
#define DECKHOUSE_VERSION "virtualization.deckhouse.io/v1alpha2"
#define DECKHOUSE_CLASS_VERSION "virtualization.deckhouse.io/v1alpha3" /* of VirtualMachineClass alone */

#define DECKHOUSE_MACHINE "VirtualMachine"
#define DECKHOUSE_DISK "VirtualDisk"
#define DECKHOUSE_IMAGE "VirtualImage"
#define DECKHOUSE_CLUSTER_IMAGE "ClusterVirtualImage"
#define DECKHOUSE_CLASS "VirtualMachineClass"
#define DECKHOUSE_ATTACHMENT "VirtualMachineBlockDeviceAttachment"
#define DECKHOUSE_OPERATION "VirtualMachineOperation"
#define DECKHOUSE_ADDRESS "VirtualMachineIPAddress"
#define DECKHOUSE_MAC "VirtualMachineMACAddress"
#define DECKHOUSE_SNAPSHOT "VirtualDiskSnapshot" /* only referred to */

/* Reads a document's spec into a new struct of spec_type->size. NULL after it told what is wrong. */
const void *deckhouse_read(struct reader *reader, const struct fact *document, const struct value_type *spec_type);

/* The spec of another document; NULL when it is wrong, which is told where it stands. */
const void *deckhouse_fact(const struct reader *reader, const struct fact *fact, const struct value_type *spec_type);

/* The document of that name, of which the spec can be read. NULL after it told at `at` why not. `advice` is what to do when
 * there is none. The spec goes to *spec. */
const struct fact *deckhouse_find(struct translation *translation, const char *kind, const struct yaml_node *at,
				  const char *name, const struct value_type *spec_type, const char *advice,
				  const void **spec);

/* A field beside "type" that goes with one type alone. */
struct deckhouse_member {
	const char *type, *name;
	bool is_optional; /* the type does without */
};

/* Deckhouse's own rule: what the type says, and nothing else. `members` ends with one without name. `mapping` is what was
 * read; what is wrong in a member was told already, so that it counts as given. */
void deckhouse_members_check(struct reader *reader, const struct yaml_node *mapping, const char *type,
			     const struct deckhouse_member *members);

/* Readers of what passes on as it is: the value's node. */
const void *deckhouse_read_mapping(struct reader *reader, const struct yaml_pair *pair);
const void *deckhouse_read_sequence(struct reader *reader, const struct yaml_pair *pair);

/* Of fields that are refused with advice. */
extern const struct value_type deckhouse_refused_type;

/* Value of a document's field, which is there. */
const struct yaml_node *deckhouse_value(const struct yaml_node *mapping, const char *key);

/* The document's labels and annotations onto an entry of spec.disks. */
void deckhouse_take_metadata(struct arena *arena, const struct fact *document, struct yaml_node *disk);

/* "vd-NAME": a DNS label of at most `most` characters; what is longer or no label ends with a digest of the name. */
const char *deckhouse_name(struct arena *arena, const char *prefix, const char *name, size_t most);

/* `value` with all places in it those of `at`: what another document says takes the place of the reference to it. */
struct yaml_node *deckhouse_moved(struct arena *arena, const struct yaml_node *value, const struct yaml_node *at);

/* The fields that a VirtualMachine's spec has, as far as KubeVirt 1.9 knows them.
 *
 * Static tables, one for each mapping, in files by subject. What a server with
 * strict field validation would refuse as unknown, of the wrong type or missing
 * can be told by them before anything is sent, and a misspelt name with the one
 * that was meant. Values themselves are for the rules to judge. */
#pragma once

#include <stdbool.h>

#include "render/admission/place.h"

enum known_type { KNOWN_TEXT, KNOWN_WHOLE, KNOWN_NUMBER, KNOWN_FLAG, KNOWN_AMOUNT, KNOWN_MAPPING, KNOWN_ANYTHING };

/* A list or a map holds values of the type. */
enum known_shape { KNOWN_ONE, KNOWN_LIST, KNOWN_MAP };

struct known_field {
	const char *name; /* NULL ends a table */
	enum known_type type;
	enum known_shape shape;
	bool needed; /* the server refuses the mapping without it */
	const struct known_field *fields; /* of a mapping */
};

/* clang-format off */
#define KNOWN(key, kind, form, ...) { .name = (key), .type = (kind), .shape = (form), __VA_ARGS__ }
#define TEXT(key) KNOWN(key, KNOWN_TEXT, KNOWN_ONE, .needed = false)
#define NEEDED_TEXT(key) KNOWN(key, KNOWN_TEXT, KNOWN_ONE, .needed = true)
#define TEXTS(key) KNOWN(key, KNOWN_TEXT, KNOWN_LIST, .needed = false)
#define NEEDED_TEXTS(key) KNOWN(key, KNOWN_TEXT, KNOWN_LIST, .needed = true)
#define TEXT_MAP(key) KNOWN(key, KNOWN_TEXT, KNOWN_MAP, .needed = false)
#define WHOLE(key) KNOWN(key, KNOWN_WHOLE, KNOWN_ONE, .needed = false)
#define NEEDED_WHOLE(key) KNOWN(key, KNOWN_WHOLE, KNOWN_ONE, .needed = true)
#define FLAG(key) KNOWN(key, KNOWN_FLAG, KNOWN_ONE, .needed = false)
#define AMOUNT(key) KNOWN(key, KNOWN_AMOUNT, KNOWN_ONE, .needed = false) /* a quantity, or a port by number or name */
#define NEEDED_AMOUNT(key) KNOWN(key, KNOWN_AMOUNT, KNOWN_ONE, .needed = true)
#define AMOUNT_MAP(key) KNOWN(key, KNOWN_AMOUNT, KNOWN_MAP, .needed = false)
#define ANY(key) KNOWN(key, KNOWN_ANYTHING, KNOWN_ONE, .needed = false)
#define OBJECT(key, table) KNOWN(key, KNOWN_MAPPING, KNOWN_ONE, .fields = (table))
#define NEEDED_OBJECT(key, table) KNOWN(key, KNOWN_MAPPING, KNOWN_ONE, .needed = true, .fields = (table))
#define OBJECTS(key, table) KNOWN(key, KNOWN_MAPPING, KNOWN_LIST, .fields = (table))
#define NEEDED_OBJECTS(key, table) KNOWN(key, KNOWN_MAPPING, KNOWN_LIST, .needed = true, .fields = (table))
#define KNOWN_END { .name = NULL }
/* clang-format on */

extern const struct known_field known_machine[]; /* of spec itself */
extern const struct known_field known_nothing[];
extern const struct known_field known_devices[];
extern const struct known_field known_volume[], known_data_volume_template[], known_access_credential[],
	known_utility_volume[];
extern const struct known_field known_affinity[], known_dns_config[], known_network[], known_probe[],
	known_resource_claim[], known_toleration[], known_topology_spread_constraint[];

/* Tells what `place`, a mapping, has beside or against `fields`, except where a finding was told at the same path. */
void known_fields_check(const struct place *place, const struct known_field *fields);

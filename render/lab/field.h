/* What a field is: how it is read, and what people are told about it. One row
 * of a table serves the reader, `labsync explain`, the JSON Schema and
 * docs/reference.md, so that none of them can say something else. */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct reader;
struct yaml_pair;

enum value_shape {
	VALUE_TEXT,
	VALUE_SCALAR, /* a string, or a number as it was typed */
	VALUE_NUMBER,
	VALUE_BOOLEAN,
	VALUE_OBJECT, /* a mapping of `fields` */
	VALUE_MAP, /* names to `items` */
	VALUE_LIST, /* of `items` */
	VALUE_ANY /* what its reader takes; with `fields` text or a mapping of them, with `items` a number or a list */
};

enum value_standing {
	VALUE_USED,
	VALUE_WITHOUT_EFFECT, /* accepted with a warning */
	VALUE_REFUSED /* known, to say why not */
};

enum value_choice {
	CHOICE_FREE,
	CHOICE_ONE /* exactly one of the fields, which the key of the map may name instead: "vm-1" */
};

/* What values of one type look like. */
struct value_type {
	const char *name; /* for people; lists and maps are named after their items */
	enum value_shape shape;
	enum value_standing standing;
	const char *pattern; /* of text, in what POSIX' extended and ECMA-262's expressions share; NULL: any */
	const char *const *allowed; /* all that text may be; ends with NULL; NULL: anything */
	int64_t minimum, maximum; /* of a number; both 0: any */
	const struct field *fields; /* of an object; of a map: the keys that mean something */
	const struct value_type *items; /* of a list or map */
	size_t items_min, items_max; /* 0: any number */
	const char *fewer_beside; /* the field beside which a list may have one less; NULL: none */
	const char *key_pattern; /* of a map's other keys */
	const char *reserved; /* a map's keys that begin so must be among its fields */
	enum value_choice choice;
	size_t size; /* of the struct that an object is read into, which begins with `struct settings`; 0: by its reader */
};

enum field_presence {
	FIELD_OPTIONAL,
	FIELD_REQUIRED,
	FIELD_REQUIRED_SOMEWHERE /* in the node or in one of the defaults below it */
};

struct field {
	const char *name; /* NULL ends a table */
	/* Checks the value, which is not null, and returns what is stored; NULL
	 * when there is nothing to store: refused (it said why) or without effect.
	 * No reader: value_read() by the type, which then says all that is checked. */
	const void *(*read)(struct reader *reader, const struct yaml_pair *pair);
	size_t offset; /* of the pointer in the target that is set */
	const struct value_type *type;
	const char *description; /* sentences */
	enum field_presence presence;
	const char *fallback; /* what holds when nothing is given, as YAML; NULL: nothing */
};

/* The text of what a macro stands for: a default is written once. */
#define FIELD_TEXT_OF(value) #value
#define FIELD_TEXT(value) FIELD_TEXT_OF(value)

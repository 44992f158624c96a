/* A place in an object that is judged: its value, and the way that led there,
 * from which a finding's path is written. It is made on the stack, by value; a
 * place points to the one above it, which must outlive it.
 *
 * null counts as missing, as it does for the server, and a value of another
 * JSON type than the one asked for is told as a finding and then counts as
 * missing too, so that no rule has to look at types. */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/admission/admission.h"

struct place {
	const json_t *value; /* NULL when there is none */
	const struct place *parent; /* NULL for the object itself */
	const char *key; /* NULL for an item of a list */
	size_t index; /* in a list */
	struct admission_findings *findings;
};

/* The most items of a list that are looked at; more is a finding of its own where Kubernetes has a limit. */
enum { PLACE_ITEMS_MAX = 1024 };

struct place place_root(const json_t *object, struct admission_findings *findings);
struct place place_at(const struct place *parent, const char *key); /* of any type */
struct place place_member(const struct place *parent, const char *key,
			  const json_t *value); /* the same, when at hand */
struct place place_object(const struct place *parent, const char *key);
struct place place_list(const struct place *parent, const char *key);

/* An item of a list; one that is no mapping is told and is then missing. */
struct place place_item(const struct place *list, size_t index);
struct place place_item_any(const struct place *list, size_t index); /* of any type */
size_t place_count(const struct place *list); /* at most PLACE_ITEMS_MAX */

static inline bool place_is_given(const struct place *place)
{
	return place->value != NULL;
}

/* The values under a key. Empty text counts as missing: Go, in which the
 * server is written, does not tell the two apart. */
bool place_has(const struct place *parent, const char *key);
const char *place_text(const struct place *parent, const char *key);
bool place_integer(const struct place *parent, const char *key, int64_t *number);
bool place_is_true(const struct place *parent, const char *key);
bool place_is_false(const struct place *parent, const char *key); /* false when missing */

/* A Kubernetes quantity, text or number, in thousandths. One that cannot be read is told. */
bool place_quantity(const struct place *parent, const char *key, int64_t *thousandths);

/* How many of the keys (ended by NULL) are given, and which was the last. */
size_t place_count_given(const struct place *parent, const char *const *keys, const char **last);

/* The finding. The first word of the message is what is wrong; then "; " and what to do. */
void refuse(const struct place *place, const char *format, ...) __attribute__((format(printf, 2, 3)));
void refuse_at(const struct place *parent, const char *key, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The value is of the wrong JSON type. Nothing else is told of it then. */
void refuse_type(const struct place *place, const char *wanted);

/* What some clusters take: a warning. */
void warn(const struct place *place, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What only a cluster with the feature gate takes: a warning. */
void refuse_without_gate(const struct place *place, const char *what, const char *gate);

char *place_path_new(const struct place *place); /* the caller frees */

/* The names of labs, nodes and links, which become the names of objects. */
#pragma once

#include "render/lab/reader.h"

enum { NAME_LENGTH_MAX = 63 };

#define NAME_PATTERN "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"

/* Each says what is wrong at the given place. `what` is "node", "link", ... */
bool name_check(struct reader *reader, const char *what, const char *name, size_t line, size_t column);
bool name_check_key(struct reader *reader, const char *what, const struct yaml_pair *pair);
bool name_check_lab(struct reader *reader, const char *name, size_t line, size_t column);

/* "<lab>-<name>"; NULL when it is too long. */
const char *name_join(struct reader *reader, const char *lab, const char *what, const char *name, size_t line,
		      size_t column);

extern const struct value_type name_type, lab_name_type, subdomain_type;

/* A StorageClass's name: a DNS-1123 subdomain. */
bool name_is_subdomain(const char *name);

/* Field readers; const char *. */
const void *namespace_read(struct reader *reader, const struct yaml_pair *pair);
const void *storage_class_read(struct reader *reader, const struct yaml_pair *pair);

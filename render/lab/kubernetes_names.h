/* Names and texts whose form Kubernetes prescribes: of objects, labels and
 * nodes. Each reader returns const char *, or NULL after it told what is wrong. */
#pragma once

#include "render/lab/reader.h"

extern const struct value_type object_name_type, host_name_type, qualified_name_type;

/* The name of a Secret, ConfigMap and the like: a DNS-1123 subdomain. */
const void *object_name_read(struct reader *reader, const struct yaml_pair *pair);

/* A DNS-1123 label of at most 63 characters. */
const void *host_name_read(struct reader *reader, const struct yaml_pair *pair);

/* The key of a label, taint or topology: "example.com/rack". */
const void *qualified_name_read(struct reader *reader, const struct yaml_pair *pair);

bool is_qualified_name(const char *text);
/* May be empty. */
bool is_label_value(const char *text);

/* Whether it names a NetworkAttachmentDefinition: "NAME", of the same namespace, or "NAMESPACE/NAME". */
bool is_attachment_name(const char *text);

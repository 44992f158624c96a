/* Readers of the values that only nodes have: images of VMs, users, passwords. */
#pragma once

#include "render/lab/reader.h"

extern const struct value_type vm_image_type, user_type, password_type;

const void *vm_image_read(struct reader *reader,
			  const struct yaml_pair *pair); /* const char *, scheme in lower case */
const void *user_read(struct reader *reader, const struct yaml_pair *pair); /* const char * */
const void *password_read(struct reader *reader, const struct yaml_pair *pair); /* const char *; never in a message */

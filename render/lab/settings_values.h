/* Readers of the values that only nodes have: images of VMs, users, passwords. */
#pragma once

#include "render/lab/reader.h"

extern const struct value_type vm_image_type, init_type, user_type, password_type;

#define INIT_CLOUD_INIT_NAME "cloud-init"
#define INIT_IGNITION_NAME "ignition"

const void *vm_image_read(struct reader *reader,
			  const struct yaml_pair *pair); /* const char *, scheme in lower case */
const void *init_read(struct reader *reader, const struct yaml_pair *pair); /* const enum init_method * */
const void *user_read(struct reader *reader, const struct yaml_pair *pair); /* const char * */
const void *password_read(struct reader *reader, const struct yaml_pair *pair); /* const char *; never in a message */

/* init, cloudInit and ignition: what a person tells a guest at first boot, beside what
 * labsync tells it. */
#pragma once

#include "render/lab/reader.h"
#include "render/lab/vm.h"

enum {
	USER_DATA_MAX = 512 * 1024, /* with labsync's part and in base64 it must fit into a Secret of 1 MiB */
	NETWORK_DATA_MAX = 64 * 1024 /* beside it */
};

#define INIT_CLOUD_INIT_NAME "cloud-init"

#define CLOUD_INIT_NO_CLOUD "NoCloud"
#define CLOUD_INIT_CONFIG_DRIVE "ConfigDrive"

/* struct lab_own_init, whose content was looked at. */
extern const struct value_type cloud_init_type, ignition_type;
extern const struct value_type init_type;

const void *init_read(struct reader *reader, const struct yaml_pair *pair); /* const enum init_method * */
const void *cloud_init_read(struct reader *reader, const struct yaml_pair *pair); /* struct lab_own_init */

/* True when the guest gets exactly what the person gave by cloudInit. */
bool cloud_init_is_alone(const struct lab_vm *vm);

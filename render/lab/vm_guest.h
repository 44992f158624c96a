/* What a VM's hardware is to its guest: its clock, its features, its TPM; the name
 * servers that it is told of; and what Windows' setup reads. */
#pragma once

#include "render/lab/reader.h"

extern const struct value_type guest_os_type, features_type, tpm_type, timezone_type, sysprep_type, dns_type;

const void *timezone_read(struct reader *reader, const struct yaml_pair *pair); /* const char * */

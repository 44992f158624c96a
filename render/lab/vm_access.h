/* Who may log in to a VM: passwords, SSH keys, credentials from Secrets. */
#pragma once

#include "render/lab/reader.h"

extern const struct value_type password_hash_type, ssh_keys_type, access_credentials_type;

/* Readers of fields; none repeats a secret in a message. */
const void *password_hash_read(struct reader *reader, const struct yaml_pair *pair); /* const char * */
const void *ssh_keys_read(struct reader *reader, const struct yaml_pair *pair); /* list of text */
/* List of struct lab_access_credential. */
const void *access_credentials_read(struct reader *reader, const struct yaml_pair *pair);

/* How a VM gets its user, name and addresses: a Secret with what the guest's
 * init program reads, and the volume that shows it to the guest. A Secret,
 * since KubeVirt takes no more than 2048 bytes inline, and since it holds a
 * password's hash. With sysprep, Windows' answer file alone; with none, nothing. */
#pragma once

#include <jansson.h>
#include <stdbool.h>

#include "base/diagnostic.h"
#include "base/digest.h"
#include "base/error.h"
#include "render/lab/lab.h"
#include "render/objects/password.h"

/* Makes the Secret, a new reference; NULL when the guest needs nothing from
 * labsync, since the person has all of it in Secrets or wants none. False
 * with an error when the password cannot be hashed, or what the person gave
 * cannot be merged. */
bool init_secret_build(const struct lab *lab, const struct lab_node *node, struct passwords *passwords,
		       json_t **secret, struct error *err);

/* The digest of what the Secret says. Returns `text`; NULL without a Secret. */
const char *init_digest(const json_t *secret, char text[SHA256_TEXT_SIZE]);

/* The VM's volume, named init_volume_name(); both NULL when it has none. New reference. */
json_t *init_volume_build(const struct lab_node *node);
const char *init_volume_name(const struct lab_vm *vm);

/* Warns of addresses of links that the guest is not told of. */
void init_check_addresses(const struct lab *lab, const struct lab_node *node, struct diagnostics *diagnostics);

/* The "exec" part of a kubeconfig user: which program gives the credentials. */
#pragma once

#include <stdbool.h>

#include "base/error.h"
#include "sync/cluster/connection.h"
#include "sync/cluster/kubeconfig.h"

enum { EXEC_ENTRY_WORDS_MAX = 1000 }; /* arguments, and variables */

/* `*exec` stays NULL when the user has none. */
bool exec_entry_read(const struct kubeconfig_entry *user, struct exec_credential **exec, struct error *err);

void exec_credential_free(struct exec_credential *exec);
static inline void exec_credential_cleanup(struct exec_credential **exec)
{
	exec_credential_free(*exec);
}

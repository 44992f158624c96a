/* What an exec plugin and we say to each other: ExecCredential objects of
 * client.authentication.k8s.io. Values only; exec_plugin.h runs the program. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "sync/cluster/connection.h"

struct exec_answer {
	char *token; /* NULL: none */
	char *certificate_pem, *key_pem; /* both or none */
	int64_t expires; /* seconds since 1970; 0: not said */
};

void exec_answer_deinit(struct exec_answer *answer);
static inline void exec_answer_cleanup(struct exec_answer *answer)
{
	exec_answer_deinit(answer);
}

/* The value of KUBERNETES_EXEC_INFO. The caller frees. */
char *exec_info_new(const struct connection *connection);

/* Reads what the plugin wrote. Messages hold nothing of it: it is secret. */
bool exec_answer_parse(const char *text, size_t length, const char *api_version, struct exec_answer *answer,
		       struct error *err);

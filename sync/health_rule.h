/* What the health rules of the kinds share. */
#pragma once

#include "sync/health.h"

/* A phase that a controller writes, and the verdict on it. */
struct phase_rule {
	const char *phase; /* NULL ends the table: any other, or none */
	enum health_state state;
};

enum health_state phase_judge(const struct phase_rule *rules, const char *phase);

/* Fills the verdict on `object`; `message` may be NULL. */
void health_set(struct health *health, enum health_state state, const json_t *object, const char *what,
		const char *message);

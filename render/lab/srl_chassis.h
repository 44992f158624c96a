/* SR Linux' chassis: the hardware that a container plays, as numbers of Nokia's. */
#pragma once

#include "render/lab/reader.h"

#define SRL_CHASSIS_DEFAULT "ixr-d3l"

struct srl_chassis {
	int chassis_type, cpm_card_type; /* the control card */
	int slot, card_type, mda_type; /* the one line card */
	char base_mac[sizeof("fa:fa:00:00:00:00")]; /* empty: to be made */
};

extern const struct value_type srl_chassis_type;

/* The chassis that a checked text stands for: a name, or KNL's six fields. False
 * when it is neither. */
bool srl_chassis_parse(const char *text, struct srl_chassis *chassis);

/* A field's reader; const char *. */
const void *srl_chassis_read(struct reader *reader, const struct yaml_pair *pair);

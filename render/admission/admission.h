/* What KubeVirt and CDI would refuse, told before anything is sent.
 *
 * KubeVirt's and CDI's webhooks judge an object when it reaches the cluster,
 * and some of their rules only when a machine starts: the object is accepted
 * and then fails. The same rules stand here, on rendered JSON, as far as they
 * can be decided from the object alone. A rule that needs to see the cluster
 * (does this Secret exist? is that volume claimed?) is not here; a rule that
 * hangs on a feature gate that is off by default is a warning, since the
 * cluster may have switched it on.
 *
 * Any VirtualMachine or DataVolume may be given, whoever wrote it: nothing in
 * it is trusted, and a value of the wrong JSON type is a finding as well. The
 * caller owns the findings; objects are only read. */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/diagnostic.h"

struct yaml_node;

struct admission_finding {
	enum diagnostic_severity severity; /* a warning: refused unless the cluster has switched a gate on */
	char *path; /* like "spec.template.spec.domain.devices.disks[1].bootOrder" */
	char *message; /* what is wrong; what to do */
	bool of_type; /* the value is of the wrong JSON type: what else is wrong with it follows from that */
};

struct admission_findings {
	struct admission_finding *items;
	size_t count, capacity;
	size_t errors; /* of severity DIAGNOSTIC_ERROR, counted even when no longer kept */
	size_t dropped; /* beyond ADMISSION_FINDINGS_MAX */
};

enum { ADMISSION_FINDINGS_MAX = 200 };

#define ADMISSION_FINDINGS_INIT                                                                                      \
	{                                                                                                            \
		.items = NULL                                                                                        \
	}

void admission_findings_deinit(struct admission_findings *findings);
static inline void admission_findings_cleanup(struct admission_findings *findings)
{
	admission_findings_deinit(findings);
}

/* Judges an object by its kind: VirtualMachine, VirtualMachinePool, DataVolume,
 * DataSource, DataImportCron. Kinds without rules, and kinds of the same name
 * in other API groups, give no findings. Findings are appended, in the order in
 * which the rules are asked. */
void admission_check(const json_t *object, struct admission_findings *findings);

/* Of a VirtualMachine that a person had a hand in: fields that KubeVirt has not, values of the wrong type, and what is
 * missing. Asked after admission_check(), whose words are plainer; nothing is told of what it told already. */
void admission_check_fields(const json_t *object, struct admission_findings *findings);

void admission_check_machine(const json_t *machine, struct admission_findings *findings);
void admission_check_pool(const json_t *pool, struct admission_findings *findings);
void admission_check_data_volume(const json_t *volume, struct admission_findings *findings);
void admission_check_data_source(const json_t *source, struct admission_findings *findings);
void admission_check_data_import_cron(const json_t *cron, struct admission_findings *findings);

/* Kubernetes' affinity alone, which nodes of all types take; paths begin in it. */
void admission_check_affinity(const json_t *affinity, struct admission_findings *findings);
/* The topologySpreadConstraints alone of a mapping with nothing else. */
void admission_check_spread(const json_t *spec, struct admission_findings *findings);

/* The deepest place in `patch` that leads to `path`, so that a finding can be
 * told with the position of the text that caused it; NULL when the patch has
 * nothing on the way. `patch` is YAML that was laid over an object as a keyed
 * merge, and `object` the outcome: list indices in `path` count the object's
 * lists, whose items the patch names by their key ("name"). Where the patch
 * wrote a list without keys, its items are counted as the object's are.
 * `followed` is set to how many bytes of the path led there; it may be NULL. */
const struct yaml_node *admission_place(const struct yaml_node *patch, const json_t *object, const char *path,
					size_t *followed);

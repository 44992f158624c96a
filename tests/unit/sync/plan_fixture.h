/* A small world for the tests of plans: what Git says, what the cluster
 * holds, and the plan that leads from the one to the other. */
#pragma once

#include "sync/plan.h"
#include "tests/unit/sync/quoted_json.h"

/* Objects as they stand in the table of a test: JSON with single quotes. All are in namespace "lab". */
#define PLAN_OBJECT(version, kind, name, more)                                                                       \
	"{'apiVersion': '" version "', 'kind': '" kind "', 'metadata': {'name': '" name                              \
	"', 'namespace': 'lab'}" more "}"
#define PLAN_MACHINE(name, cores)                                                                                    \
	PLAN_OBJECT("kubevirt.io/v1", "VirtualMachine", name,                                                        \
		    ", 'spec': {'template': {'spec': {'domain': {'cpu': {'cores': " cores "}}}}}")
#define PLAN_DISK(name, url)                                                                                         \
	PLAN_OBJECT("cdi.kubevirt.io/v1beta1", "DataVolume", name,                                                   \
		    ", 'spec': {'source': {'http': {'url': '" url "'}}}")
#define PLAN_SERVICE(name, port)                                                                                     \
	PLAN_OBJECT("v1", "Service", name, ", 'spec': {'ports': [{'name': 'ssh', 'port': " port "}]}")
#define PLAN_SECRET(name, value) PLAN_OBJECT("v1", "Secret", name, ", 'data': {'key': '" value "'}")
#define PLAN_LINK(name)                                                                                              \
	PLAN_OBJECT("k8s.cni.cncf.io/v1", "NetworkAttachmentDefinition", name, ", 'spec': {'config': '{}'}")

#define PLAN_LAN(name, vni) PLAN_OBJECT("lan.k8slan.io/v1beta1", "LAN", name, ", 'spec': {'vni': " vni "}")

struct operation_text {
	const char *name; /* NULL ends a list */
	enum operation_type type;
	const char *machine;
	const char *snapshot, *target; /* NULL: none */
};

/* What one file of Git says. */
struct lab_text {
	const char *name; /* NULL ends a list */
	const char *objects; /* a list of objects; NULL: the file has errors */
};

enum { PLAN_FIXTURE_LABS = 32 };

struct plan_fixture {
	struct desired desired;
	struct live_set *live;
	struct inventory *inventories[PLAN_FIXTURE_LABS];
	size_t inventory_count;
	const struct operation_text *operations; /* of the first lab, from the next commit on; NULL: none */
	struct plan_settings settings; /* cluster "lab-a", source "labs", the guard of the defaults */
	struct plan plan;
};

void plan_fixture_init(struct plan_fixture *fixture);
void plan_fixture_deinit(struct plan_fixture *fixture);
static inline void plan_fixture_cleanup(struct plan_fixture *fixture)
{
	plan_fixture_deinit(fixture);
}

/* Git says this from now on, in files labs/<name>.yaml. */
void plan_fixture_commit(struct plan_fixture *fixture, const char *commit, const struct lab_text *labs);
/* The cluster holds what Git says now, with what a server adds, and the parents list it. */
void plan_fixture_apply(struct plan_fixture *fixture);
/* Somebody changes an object by a merge patch; one that is not there is made. NULL patch: deletes it. */
void plan_fixture_touch(struct plan_fixture *fixture, const char *kind, const char *name, const char *patch);
void plan_fixture_compute(struct plan_fixture *fixture);

const struct kind *plan_fixture_kind(const char *name);
/* The step for an object, of any lab; fails the test when there is none. */
struct step *plan_fixture_step(struct plan_fixture *fixture, const char *kind, const char *name);

/* "update VirtualMachine ospf-r1: spec.a 1 -> 2 (git, restart), ...". The caller frees. */
char *step_text_new(const struct step *step);
/* "update VirtualMachine web from old [open]", without the changes. The caller frees. */
char *step_outline_new(const struct step *step);
/* A lab a line, "ospf: sync, grows", with its steps indented below. The caller frees. */
char *plan_text_new(const struct plan *plan);
/* The same with the steps' outlines. The caller frees. */
char *plan_outline_new(const struct plan *plan);

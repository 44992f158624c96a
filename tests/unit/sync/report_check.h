/* What the tests of reports share: a world that has come to rest, and a report on it. */
#pragma once

#include "base/text.h"
#include "sync/report.h"
#include "tests/unit/sync/plan_fixture.h"

#define BGP "[" PLAN_MACHINE("bgp-r1", "1") "]"
#define OSPF(cores) "[" PLAN_SECRET("ospf-r1", "eA==") "," PLAN_MACHINE("ospf-r1", cores) "]"
#define STOPPED "{'status': {'printableStatus': 'Stopped'}}"
#define CORES(number) "{'spec': {'template': {'spec': {'domain': {'cpu': {'cores': " number "}}}}}}"

#define COMMIT "0123456789abcdef0123456789abcdef01234567"

/* 2026-01-01T10:00:00Z, 41 s */
enum { STARTED = 1767261600, DURATION_MS = 41000 };

struct touch {
	const char *kind, *name, *patch;
};

static inline void take_touch(struct plan_fixture *fixture, const struct touch *touch)
{
	if (touch->kind)
		plan_fixture_touch(fixture, touch->kind, touch->name, touch->patch);
}

/* What the writes leave: every object as Git says, every machine well. */
static inline void settle(struct plan_fixture *fixture)
{
	plan_fixture_apply(fixture);
	for (size_t i = 0; i < fixture->desired.count; i++)
		for (size_t j = 0; j < fixture->desired.labs[i].count; j++)
			if (text_equal(fixture->desired.labs[i].objects[j].kind->name, "VirtualMachine"))
				plan_fixture_touch(fixture, "VirtualMachine",
						   fixture->desired.labs[i].objects[j].name, STOPPED);
}

static inline struct report report_of(const struct plan_fixture *fixture)
{
	return (struct report){ .verdict = report_verdict(&fixture->plan, &fixture->desired),
				.cluster = "lab-a",
				.source = "labs",
				.commit = COMMIT,
				.plan = &fixture->plan,
				.desired = &fixture->desired,
				.started = STARTED,
				.duration_ms = DURATION_MS };
}

#include "sync/report.h"

#include <inttypes.h>
#include <string.h>

#include "base/buffer.h"
#include "base/json.h"
#include "base/text.h"
#include "base/time.h"
#include "sync/outcome.h"
#include "sync/report_operation.h"
#include "sync/short_text.h"

/* A note is for people: beyond this many lines it says how many more there are. */
enum { LINES_MAX = 400, MESSAGE_MAX = 1000 };

const char *verdict_name(enum verdict verdict)
{
	static const char *const names[] = {
		[VERDICT_PROGRESSING] = "Progressing", [VERDICT_READY] = "Ready",
		[VERDICT_DEGRADED] = "Degraded",       [VERDICT_FAILED] = "Failed",
		[VERDICT_BLOCKED] = "Blocked",         [VERDICT_SUPERSEDED] = "Superseded"
	};

	return names[verdict];
}

enum verdict report_verdict(const struct plan *plan, const struct desired *desired)
{
	struct outcome_counts counts = outcome_count(plan);

	if (plan->guard && desired->complete)
		return VERDICT_BLOCKED;
	if (counts.degraded + counts.failed + counts.failures + desired->diagnostics.errors + plan->orphan_count > 0)
		return VERDICT_DEGRADED;
	return counts.progressing > 0 ? VERDICT_PROGRESSING : VERDICT_READY;
}

static void append_count(struct buffer *out, bool *first, size_t count, const char *what)
{
	if (count == 0)
		return;
	buffer_format(out, "%s%zu %s", *first ? ": " : ", ", count, what);
	*first = false;
}

/* A plan tells what would be done; how the labs are doing shows when it is done. */
enum report_tense { REPORT_DONE, REPORT_PLANNED };

/* "12 labs, 1 changed: 2 created, 1 updated, 1 pruned" */
static void append_summary(struct buffer *out, const struct plan *plan, enum report_tense tense)
{
	struct outcome_counts counts = outcome_count(plan);
	bool first = true;

	buffer_format(out, "%zu lab%s, ", counts.labs, counts.labs == 1 ? "" : "s");
	if (counts.changed_labs == 0)
		buffer_append_text(out, "nothing to change");
	else
		buffer_format(out, "%zu %s", counts.changed_labs, tense == REPORT_DONE ? "changed" : "would change");
	append_count(out, &first, counts.created, "created");
	append_count(out, &first, counts.updated, "updated");
	append_count(out, &first, counts.pruned, "pruned");
	append_count(out, &first, counts.retained, "retained");
	append_count(out, &first, counts.failures, "failed");
	append_count(out, &first, counts.operations, counts.operations == 1 ? "operation" : "operations");
	if (tense == REPORT_PLANNED)
		return;
	if (counts.progressing)
		buffer_format(out, "; %zu not ready yet", counts.progressing);
	if (counts.degraded + counts.failed)
		buffer_format(out, "; %zu not in order", counts.degraded + counts.failed);
}

char *report_headline_new(const struct report *report)
{
	cleanup(free) char *duration = duration_text_new(report->duration_ms);
	struct buffer out = BUFFER_INIT;

	buffer_format(&out, "labsync: %s", verdict_name(report->verdict));
	if (report->verdict == VERDICT_SUPERSEDED && report->message) {
		buffer_format(&out, " by %.12s after %s", report->message, duration);
		return buffer_steal(&out);
	}
	buffer_format(&out, report->verdict == VERDICT_PROGRESSING ? " for %s" : " in %s", duration);
	if (report->plan) {
		buffer_append_text(&out, " - ");
		append_summary(&out, report->plan, REPORT_DONE);
	}
	return buffer_steal(&out);
}

/* A server's message, or a file's name, stays on its line: it cannot pass for another line of the note. */
static void append_foreign(struct buffer *out, const char *text)
{
	cleanup(free) char *line = short_text_new(text, MESSAGE_MAX);

	buffer_append_text(out, line);
}

struct lines {
	struct buffer *out;
	size_t count, dropped;
};

static bool lines_begin(struct lines *lines)
{
	if (lines->count >= LINES_MAX) {
		lines->dropped++;
		return false;
	}
	lines->count++;
	return true;
}

static void append_change(struct lines *lines, const struct step *step, const struct field_change *change)
{
	static const char *const effects[] = {
		[EFFECT_LIVE] = "", [EFFECT_RESTART] = "   (restart)", [EFFECT_RECREATE] = "   (recreate)"
	};
	const char *before = change->before ? change->before : "(absent)";
	const char *after = change->after ? change->after : "(removed)";

	if (!lines_begin(lines))
		return;
	if (step->action == STEP_KEPT && change->effect == EFFECT_RECREATE)
		buffer_format(lines->out,
			      "  = %s %s   %s stays %s; Git says %s, which only a new object could have\n",
			      step->kind->name, step->name, change->path, before, after);
	else if (change->origin == CHANGE_DRIFT)
		buffer_format(lines->out, "  ! drift reverted: %s %s %s %s -> %s%s\n", step->kind->name, step->name,
			      change->path, before, after, effects[change->effect]);
	else
		buffer_format(lines->out, "  ~ %s %s   %s %s -> %s%s\n", step->kind->name, step->name, change->path,
			      before, after, effects[change->effect]);
}

static void append_plain(struct lines *lines, const struct step *step, char mark, const char *remark)
{
	if (lines_begin(lines))
		buffer_format(lines->out, "  %c %s %s%s\n", mark, step->kind->name, step->name, remark);
}

static void append_failure(struct lines *lines, const struct step *step)
{
	if (!lines_begin(lines))
		return;
	buffer_append_text(lines->out, "  x ");
	append_foreign(lines->out, step->error.message);
	buffer_append_char(lines->out, '\n');
}

/* Nothing that Git says was changed: a disk is in use again, or a value that was there already is ours from now on. */
static void append_bookkeeping(struct lines *lines, const struct step *step)
{
	bool is_returning =
		json_is_null(json_at(step->merge.patch, "metadata", "annotations", ANNOTATION_RETAINED, NULL));

	append_plain(lines, step, '~', is_returning ? "   in use again" : "   taken over");
}

/* That it is another lab's from now on, its labels and annotations say in many places. */
static bool is_paperwork(const struct step *step, const struct field_change *change)
{
	static const char *const paths[] = { "metadata.labels[" LABEL_PART_OF "]",
					     "metadata.labels[" LABEL_APPLYSET_PART_OF "]",
					     "metadata.annotations[" ANNOTATION_OWNER "]",
					     "metadata.annotations[" ANNOTATION_PATH "]",
					     "spec.template.metadata.labels[" LABEL_PART_OF "]" };

	for (size_t i = 0; step->other_lab && i < sizeof(paths) / sizeof(paths[0]); i++)
		if (text_equal(change->path, paths[i]))
			return true;
	return false;
}

static void append_written(struct lines *lines, const struct step *step)
{
	if (step->other_lab && lines_begin(lines))
		buffer_format(lines->out, "  ~ %s %s   (moved from lab %s)\n", step->kind->name, step->name,
			      step->other_lab);
	for (size_t i = 0; i < step->merge.count; i++)
		if (!is_paperwork(step, &step->merge.changes[i]))
			append_change(lines, step, &step->merge.changes[i]);
	if (step->action == STEP_UPDATE && step->merge.count == 0)
		append_bookkeeping(lines, step);
}

static void append_move(struct lines *lines, const struct step *step)
{
	if (!lines_begin(lines))
		return;
	if (step->other_lab)
		buffer_format(lines->out, "  > %s %s   (%s lab %s)\n", step->kind->name, step->name,
			      step_is_taken(step) ? "moved to" : "to be moved to", step->other_lab);
	else
		buffer_format(lines->out, "  = %s %s   stays: a file that cannot be read may hold it\n",
			      step->kind->name, step->name);
}

static void append_step(struct lines *lines, const struct step *step)
{
	if (step->error.code != ERROR_NONE) {
		append_failure(lines, step);
		return;
	}
	switch (step->action) {
	case STEP_CREATE:
		append_plain(lines, step, '+', "");
		break;
	case STEP_DELETE:
		append_plain(lines, step, '-', "");
		break;
	case STEP_RETAIN:
		append_plain(lines, step, 'o', "   retained");
		break;
	case STEP_UPDATE:
	case STEP_REPLACE:
	case STEP_KEPT:
		append_written(lines, step);
		break;
	case STEP_MOVE:
		append_move(lines, step);
		break;
	case STEP_UNCHANGED:
	case STEP_REFUSED:
		break;
	}
}

static bool has_operation_to_tell(const struct lab_plan *lab)
{
	for (size_t i = 0; i < lab->operation_count; i++)
		if (lab->operations[i].stage != STAGE_SETTLED)
			return true;
	return false;
}

static bool has_something_to_say(const struct lab_plan *lab, enum report_tense tense)
{
	if (lab->action != LAB_SYNC || lab_plan_has_changes(lab))
		return true;
	if (tense == REPORT_DONE && lab->state != LAB_STATE_READY)
		return true;
	for (size_t i = 0; i < lab->count; i++)
		if (lab->steps[i].action == STEP_KEPT || lab->steps[i].error.code != ERROR_NONE)
			return true;
	return has_operation_to_tell(lab);
}

static const char *lab_words(const struct lab_plan *lab)
{
	if (lab->action == LAB_REMOVE && !lab->waits && lab_plan_has_only_moved(lab))
		return lab->state == LAB_STATE_READY ? "Moved" : "Not moved";
	if (lab->action == LAB_REMOVE && !lab->waits)
		return lab->state == LAB_STATE_READY ? "Removed" : "Removal failed";
	if (lab->action == LAB_GUARDED)
		return "Kept";
	if (lab->action == LAB_UNMANAGED)
		return "Left alone";
	return lab_state_name(lab->state);
}

static const char *planned_words(const struct lab_plan *lab)
{
	static const char *const words[] = { [LAB_SYNC] = "as it is",
					     [LAB_REMOVE] = "would be removed",
					     [LAB_EXPIRE] = "expired",
					     [LAB_SUSPEND] = "suspended; stays as it is",
					     [LAB_HOLD] = "would stay as it is, since its files have errors",
					     [LAB_GUARDED] = "would be kept",
					     [LAB_UNMANAGED] = "left Git; pruning is off" };

	if (lab->action == LAB_REMOVE && lab_plan_has_only_moved(lab))
		return "would move to where its documents are";
	if (lab->action == LAB_EXPIRE && lab_plan_has_changes(lab))
		return "expired; would be removed";
	return lab->action == LAB_SYNC && lab_plan_has_changes(lab) ? "would change" : words[lab->action];
}

static void append_lab_headline(struct buffer *out, const struct lab_plan *lab, enum report_tense tense)
{
	buffer_format(out, "\nlab %s (", lab->name);
	append_foreign(out, lab->path ? lab->path : "?");
	buffer_format(out, "): %s", tense == REPORT_DONE ? lab_words(lab) : planned_words(lab));
	if (lab->reason && tense == REPORT_DONE) {
		buffer_append_text(out, " - ");
		append_foreign(out, lab->reason);
	}
	buffer_append_char(out, '\n');
}

/* The clock and nobody's commit did it. */
static void append_schedule(struct lines *lines, const struct lab_plan *lab)
{
	if (lab->action != LAB_SYNC || lab->powered_off == lab->was_powered_off || !lab_plan_has_changes(lab))
		return;
	if (lines_begin(lines))
		buffer_format(lines->out, "  schedule: powered %s\n", lab->powered_off ? "off" : "on");
}

static void append_operation(struct lines *lines, const struct lab_plan *lab, const struct plan_operation *operation,
			     enum report_tense tense)
{
	cleanup(free) char *text = report_operation_new(lab, operation, tense == REPORT_PLANNED);

	if (text == NULL || !lines_begin(lines))
		return;
	buffer_append_text(lines->out, "  ");
	append_foreign(lines->out, text);
	buffer_append_char(lines->out, '\n');
}

static void append_lab(struct lines *lines, const struct lab_plan *lab, enum report_tense tense)
{
	if (lines_begin(lines))
		append_lab_headline(lines->out, lab, tense);
	if (!lab_plan_is_acted_on(lab))
		return;
	append_schedule(lines, lab);
	for (size_t i = 0; i < lab->count; i++)
		append_step(lines, &lab->steps[i]);
	for (size_t i = 0; i < lab->operation_count; i++)
		append_operation(lines, lab, &lab->operations[i], tense);
}

static void append_labs(struct buffer *out, const struct plan *plan, enum report_tense tense)
{
	struct lines lines = { .out = out };

	for (size_t i = 0; i < plan->count; i++)
		if (has_something_to_say(&plan->labs[i], tense))
			append_lab(&lines, &plan->labs[i], tense);
	if (lines.dropped)
		buffer_format(out, "\n(and %zu more lines)\n", lines.dropped);
}

static void append_orphans(struct buffer *out, const struct plan *plan)
{
	if (plan->orphan_count)
		buffer_append_char(out, '\n');
	for (size_t i = 0; i < plan->orphan_count && i < LINES_MAX; i++)
		buffer_format(out,
			      "? %s %s in namespace %s is labsync's by its owner, but no lab's inventory lists it; "
			      "if nobody "
			      "wants it, delete it by hand\n",
			      plan->orphans[i].kind->name, plan->orphans[i].name, plan->orphans[i].namespace_name);
	if (plan->orphan_count > LINES_MAX)
		buffer_format(out, "(and %zu more of them)\n", plan->orphan_count - LINES_MAX);
}

static void append_diagnostics(struct buffer *out, const struct diagnostics *diagnostics)
{
	if (diagnostics->count)
		buffer_append_char(out, '\n');
	for (size_t i = 0; i < diagnostics->count; i++) {
		cleanup(buffer) struct buffer line = BUFFER_INIT;

		diagnostic_write(&diagnostics->items[i], &line);
		append_foreign(out, buffer_text(&line));
		buffer_append_char(out, '\n');
	}
	if (diagnostics->dropped)
		buffer_format(out, "(and %zu more)\n", diagnostics->dropped);
}

static void append_body(struct buffer *out, const struct report *report, enum report_tense tense)
{
	if (report->plan && report->plan->guard)
		buffer_format(out,
			      "\nguard: %s; to let them go, push a commit with the trailer \"Labsync-Allow-Prune: "
			      "<lab>\" or \"Labsync-Allow-Prune: all\"\n",
			      report->plan->guard);
	if (report->plan)
		append_labs(out, report->plan, tense);
	if (report->plan)
		append_orphans(out, report->plan);
	if (report->desired)
		append_diagnostics(out, &report->desired->diagnostics);
	if (report->message && report->verdict != VERDICT_SUPERSEDED) {
		buffer_append_text(out, "\nerror: ");
		append_foreign(out, report->message);
		buffer_append_char(out, '\n');
	}
}

static void append_changed_names(struct buffer *out, const struct plan *plan)
{
	size_t named = 0;

	for (size_t i = 0; plan && i < plan->count; i++) {
		if (!lab_plan_has_changes(&plan->labs[i]))
			continue;
		if (named == 100) {
			buffer_append_text(out, " ...");
			return;
		}
		buffer_format(out, "%s%s", named++ ? " " : "", plan->labs[i].name);
	}
	if (named == 0)
		buffer_append_text(out, "none");
}

static void append_trailers(struct buffer *out, const struct report *report)
{
	cleanup(free) char *duration = duration_text_new(report->duration_ms);
	char started[TIME_TEXT_SIZE];

	buffer_format(out, "\nLabsync-Cluster: %s\nLabsync-Source: %s\nLabsync-State: %s\n", report->cluster,
		      report->source, verdict_name(report->verdict));
	if (report->verdict == VERDICT_SUPERSEDED && report->message)
		buffer_format(out, "Labsync-Superseded-By: %s\n", report->message);
	if (report->plan) {
		struct outcome_counts counts = outcome_count(report->plan);

		buffer_append_text(out, "Labsync-Changed: ");
		append_changed_names(out, report->plan);
		buffer_format(out, "\nLabsync-Objects: created=%zu updated=%zu pruned=%zu unchanged=%zu failed=%zu\n",
			      counts.created, counts.updated, counts.pruned, counts.unchanged + counts.retained,
			      counts.failures);
	}
	buffer_format(out, "Labsync-Started: %s\nLabsync-Duration: %s\n", time_write(report->started, started),
		      duration);
}

/* What comes from files and servers may hold anything; a note is shown in terminals. */
static char *printable_steal(struct buffer *out)
{
	char *printable = text_printable(buffer_text(out), TEXT_KEEP_LINES);

	buffer_deinit(out);
	return printable;
}

char *report_note_new(const struct report *report)
{
	cleanup(free) char *headline = report_headline_new(report);
	struct buffer out = BUFFER_INIT;

	buffer_format(&out, "%s\n", headline);
	append_body(&out, report, REPORT_DONE);
	append_trailers(&out, report);
	return printable_steal(&out);
}

char *report_plan_new(const struct report *report)
{
	struct buffer out = BUFFER_INIT;

	buffer_format(&out, "labsync: plan for %.12s - ", report->commit);
	append_summary(&out, report->plan, REPORT_PLANNED);
	buffer_append_char(&out, '\n');
	append_body(&out, report, REPORT_PLANNED);
	return printable_steal(&out);
}

/* powerState and how it is reached: what the VM shall be, and what is done to it once.
 *
 * What a VM's state was before is not known here. So a change is an operation that stands for as long as the wish does: it
 * is done once, and forgotten with the wish. */
#include "render/dialects/vmoperator/machine.h"

#include <ctype.h>
#include <strings.h>

#include "base/text.h"
#include "base/time.h"
#include "render/lab/object_names.h"

enum { GRACE_OF_TRY = 300, GRACE_OF_SOFT = 86400 };

#define NOW "now"

static bool is_mode(const char *mode, const char *wanted)
{
	return text_equal(mode ? mode : "TrySoft", wanted);
}

static struct yaml_node *operation_add(struct machine *machine, const char *what, const char *type,
				       const struct yaml_node *at)
{
	/* A VM's name may be as long as an operation's. */
	cleanup(free) char *name = name_join_new(machine->document->name, what);

	return translation_add_operation(machine->translation, name, machine->document->name, type, at);
}

static void at_once(struct machine *machine, struct yaml_node *operation, const struct yaml_node *at)
{
	tree_set(machine->arena, operation, "gracePeriodSeconds", tree_integer(machine->arena, at, 0));
}

static void run_strategy_set(struct machine *machine, const char *strategy, const struct yaml_node *at)
{
	tree_set(machine->arena, machine->vm, "runStrategy", tree_text(machine->arena, at, strategy));
}

/* One that was suspended goes on; of one that was not, there is nothing to do. Only where it is said: a VM that was
 * suspended once has its state written out. */
static void on_take(struct machine *machine, const struct yaml_node *at)
{
	run_strategy_set(machine, "Always", at);
	if (machine->spec->power_state)
		operation_add(machine, "resume", "Unpause", at);
}

static void off_take(struct machine *machine, const struct yaml_node *at)
{
	run_strategy_set(machine, "Halted", at);
	if (is_mode(machine->spec->power_off_mode, "Hard"))
		at_once(machine, operation_add(machine, "power-off", "Stop", at), at);
}

static void suspended_take(struct machine *machine, const struct yaml_node *at)
{
	run_strategy_set(machine, "Always", at);
	operation_add(machine, "suspend", "Pause", at);
	reader_warn(machine->reader, at->line, at->column,
		    "a suspended VM is paused: its memory stays on the worker, and is lost when that or the VM's pod "
		    "ends");
}

/* How long the guest has to shut down whenever the VM is stopped. */
static void grace_take(struct machine *machine)
{
	const char *mode = machine->spec->power_off_mode;
	const struct yaml_node *at = MACHINE_PLACE(machine, power_off_mode);

	if (is_mode(mode, "Hard"))
		tree_set(machine->arena, machine->vm, "terminationGracePeriodSeconds",
			 tree_integer(machine->arena, at, 0));
	else
		tree_set(machine->arena, machine->vm, "terminationGracePeriodSeconds",
			 tree_integer(machine->arena, at, is_mode(mode, "Soft") ? GRACE_OF_SOFT : GRACE_OF_TRY));
}

/* "2026-01-02T03:04:05Z" as a part of a name. */
static const char *token_name(struct arena *arena, const char *token)
{
	char *name = arena_format(arena, "restart-%s", token);

	for (char *character = name; *character; character++)
		*character = isalnum((unsigned char)*character) ? (char)tolower((unsigned char)*character) : '-';
	return name;
}

static void restart_add(struct machine *machine, const char *what, const struct yaml_node *at)
{
	const char *mode = machine->spec->restart_mode;
	struct yaml_node *operation =
		operation_add(machine, what, is_mode(mode, "Soft") ? "SoftReboot" : "Restart", at);

	if (is_mode(mode, "Hard"))
		at_once(machine, operation, at);
}

static void restart_take(struct machine *machine)
{
	const char *token = machine->spec->next_restart_time, *state = machine->spec->power_state;
	const struct yaml_node *at = MACHINE_PLACE(machine, next_restart_time);
	int64_t seconds;

	if (token == NULL || *token == '\0')
		return;
	if (strcasecmp(token, NOW) != 0 && !time_parse(token, &seconds)) {
		reader_refuse(
			machine->reader, at,
			"nextRestartTime %s is no time; write one like 2026-01-02T03:04:05Z, each new one of which "
			"restarts the VM once",
			reader_quote(machine->reader, token));
		return;
	}
	if (state && !text_equal(state, "PoweredOn")) {
		reader_refuse(machine->reader, at, "a VM that is %s cannot be restarted; remove nextRestartTime",
			      text_equal(state, "Suspended") ? "suspended" : "off");
		return;
	}
	if (strcasecmp(token, NOW) != 0) {
		restart_add(machine, token_name(machine->arena, token), at);
		return;
	}
	reader_warn(machine->reader, at->line, at->column,
		    "now restarts the VM once, and not again until it was removed and came back; write the time that "
		    "it is, "
		    "each new one of which restarts the VM once");
	restart_add(machine, "restart-now", at);
}

static void suspend_mode_check(struct machine *machine)
{
	const char *mode = machine->spec->suspend_mode;
	const struct yaml_node *at = MACHINE_PLACE(machine, suspend_mode);

	if (mode && !text_equal(mode, "Hard"))
		reader_warn(machine->reader, at->line, at->column,
			    "suspendMode %s cannot be had: a VM is paused without asking its guest; write Hard",
			    mode);
}

void machine_take_power(struct machine *machine)
{
	const char *state = machine->spec->power_state;
	const struct yaml_node *at = MACHINE_PLACE(machine, power_state);

	if (text_equal(state, "PoweredOff"))
		off_take(machine, at);
	else if (text_equal(state, "Suspended"))
		suspended_take(machine, at);
	else
		on_take(machine, at);
	grace_take(machine);
	suspend_mode_check(machine);
	restart_take(machine);
}

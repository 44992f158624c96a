#include "sync/git/sandbox.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

enum { FILES_MAX = 1024, ALARM_SLACK_SECONDS = 10, ALARM_SECONDS_MAX = 30 * 24 * 3600 };

static const rlim_t ADDRESS_SPACE_MAX = (rlim_t)4 * 1024 * 1024 * 1024;

static bool limit(int resource, rlim_t value, const char *what, struct error *err)
{
	struct rlimit present, wanted = { .rlim_cur = value, .rlim_max = value };

	if (getrlimit(resource, &present) != 0)
		return error_system(err, errno, "the limit of %s", what);
	if (present.rlim_max < value) /* what somebody made smaller stays smaller */
		wanted = (struct rlimit){ .rlim_cur = present.rlim_max, .rlim_max = present.rlim_max };
	if (setrlimit(resource, &wanted) != 0)
		return error_system(err, errno, "the limit of %s", what);
	return true;
}

/* AddressSanitizer maps terabytes, and its leak check traces the process. */
static bool limit_unsanitized(struct error *err)
{
	if (SANITIZED)
		return true;
	if (prctl(PR_SET_DUMPABLE, 0) != 0)
		return error_system(err, errno, "PR_SET_DUMPABLE");
	return limit(RLIMIT_AS, ADDRESS_SPACE_MAX, "memory", err);
}

static void set_alarm(uint64_t timeout_ms)
{
	uint64_t seconds = timeout_ms / 1000 + ALARM_SLACK_SECONDS;

	signal(SIGALRM, SIG_DFL);
	if (timeout_ms > 0)
		alarm(seconds < ALARM_SECONDS_MAX ? (unsigned int)seconds : ALARM_SECONDS_MAX);
}

bool sandbox_enter(uint64_t timeout_ms, struct error *err)
{
	signal(SIGPIPE, SIG_IGN); /* a server that hangs up is an error, not an end */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
		return error_system(err, errno, "PR_SET_PDEATHSIG");
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return error_system(err, errno, "PR_SET_NO_NEW_PRIVS");
	if (!limit(RLIMIT_CORE, 0, "core files", err) || !limit(RLIMIT_NOFILE, FILES_MAX, "open files", err))
		return false;
	if (!limit_unsanitized(err))
		return false;
	set_alarm(timeout_ms);
	return true;
}

/* How a server proves who it is: by its ssh host key in known_hosts, or by a
 * certificate, which libgit2 has checked by then. */
#pragma once

#include <git2.h>

#include "sync/git/session.h"

/* Reads known_hosts and tells libssh2 which of the host's keys to ask for. */
bool host_key_prepare(struct session *session, struct error *err);

/* git_transport_certificate_check_cb; the payload is a struct session. */
int host_key_check(git_cert *certificate, int valid, const char *host, void *payload);

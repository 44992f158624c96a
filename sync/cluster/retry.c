#include "sync/cluster/retry.h"

#include <stddef.h>

bool retry_status_passes(long status)
{
	static const long passing[] = { 429, 500, 502, 503, 504 };

	for (size_t i = 0; i < sizeof(passing) / sizeof(passing[0]); i++)
		if (status == passing[i])
			return true;
	return false;
}

bool retry_network_passes(CURLcode code)
{
	switch (code) {
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
	case CURLE_OPERATION_TIMEDOUT:
	case CURLE_SSL_CONNECT_ERROR: /* also a server that goes away during the handshake */
	case CURLE_PARTIAL_FILE:
	case CURLE_GOT_NOTHING:
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
	case CURLE_HTTP2:
	case CURLE_HTTP2_STREAM:
	case CURLE_PROXY:
		return true;
	default:
		return false;
	}
}

bool retry_network_is_unsent(CURLcode code)
{
	return code == CURLE_COULDNT_RESOLVE_PROXY || code == CURLE_COULDNT_RESOLVE_HOST ||
	       code == CURLE_COULDNT_CONNECT || code == CURLE_SSL_CONNECT_ERROR;
}

bool retry_status_is_undone(long status)
{
	return status == 429;
}

uint64_t retry_delay_ms(unsigned failures, uint32_t chance)
{
	uint64_t delay = RETRY_DELAY_FIRST_MS;

	while (failures > 1 && delay < RETRY_DELAY_MAX_MS) {
		delay *= 2;
		failures--;
	}
	if (delay > RETRY_DELAY_MAX_MS)
		delay = RETRY_DELAY_MAX_MS;
	return delay / 2 + (delay / 2) * chance / UINT32_MAX;
}

uint64_t retry_after_ms(int64_t seconds)
{
	if (seconds <= 0)
		return 0;
	if (seconds > RETRY_AFTER_MAX_MS / 1000)
		return RETRY_AFTER_MAX_MS;
	return (uint64_t)seconds * 1000;
}

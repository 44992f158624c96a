"""A queue of keys with delays: a key waits at most once, and is worked on by one thread at a time."""

import heapq
import itertools
import threading
import time


class WorkQueue:
    """Keys come out when they are due; a key added again earlier is moved forward."""

    def __init__(self):
        self.ready = threading.Condition()
        self.heap = []
        self.due = {}
        self.active = set()
        self.again = set()
        self.order = itertools.count()
        self.closed = False

    def add(self, key, delay=0.0):
        """Makes the key due after the delay, or earlier if it is so already."""
        due = time.monotonic() + delay
        with self.ready:
            if key in self.due and self.due[key] <= due:
                return
            self.due[key] = due
            heapq.heappush(self.heap, (due, next(self.order), key))
            self.ready.notify()

    def get(self):
        """Waits for the next due key; None once the queue is closed."""
        with self.ready:
            while not self.closed:
                pause = self._drop_stale()
                if pause is None or pause > 0:
                    self.ready.wait(pause)
                    continue
                key = heapq.heappop(self.heap)[2]
                del self.due[key]
                if key in self.active:
                    self.again.add(key)
                    continue
                self.active.add(key)
                return key
        return None

    def _drop_stale(self):
        """Seconds until the first key is due (None: no key)."""
        while self.heap and self.due.get(self.heap[0][2]) != self.heap[0][0]:
            heapq.heappop(self.heap)
        return self.heap[0][0] - time.monotonic() if self.heap else None

    def done(self, key):
        """Must follow every get; a key that came due meanwhile is due at once."""
        with self.ready:
            self.active.discard(key)
            again = key in self.again
            self.again.discard(key)
        if again:
            self.add(key)

    def close(self):
        """Ends all waits."""
        with self.ready:
            self.closed = True
            self.ready.notify_all()

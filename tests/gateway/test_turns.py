"""The lock of turns: one at a time, and in the order of asking."""

import threading
import time

from gateway.turns import Turns


def test_turns_are_given_in_the_order_they_were_asked_for():
    turns, order = Turns(), []

    def take(number: int) -> None:
        with turns:
            order.append(number)

    threads = [threading.Thread(target=take, args=(number,)) for number in range(20)]
    with turns:
        for asked, thread in enumerate(threads, 1):
            thread.start()
            while len(turns._waiting) < asked:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert order == list(range(20))


def test_only_one_at_a_time_has_the_turn():
    turns, inside, most = Turns(), 0, 0

    def work() -> None:
        nonlocal inside, most
        for _ in range(200):
            with turns:
                inside += 1
                most = max(most, inside)
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, inside) == (1, 0)

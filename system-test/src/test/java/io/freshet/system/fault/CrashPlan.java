package io.freshet.system.fault;

import io.freshet.harness.fault.Answer;
import io.freshet.harness.fault.Fault;
import io.freshet.harness.fault.Fault.Ending;
import io.freshet.harness.fault.FaultPlan;
import io.freshet.harness.fault.Holdings;
import io.freshet.harness.fault.StorageLink;
import io.freshet.harness.fault.StorageRequest;
import io.freshet.harness.service.Service;
import io.freshet.system.fault.CrashPoint.Mishap;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** One mishap at one point, once, to one service. */
public final class CrashPlan implements FaultPlan {
    private final CrashPoint point;
    private final Mishap mishap;
    private final Service victim;
    private final StorageLink link;
    private final AtomicInteger seen = new AtomicInteger();
    private final CompletableFuture<Set<Holdings.HeldMessage>> happened = new CompletableFuture<>();

    public CrashPlan(CrashPoint point, Mishap mishap, Service victim, StorageLink link) {
        this.point = point;
        this.mishap = mishap;
        this.victim = victim;
        this.link = link;
    }

    @Override
    public Fault choose(StorageRequest request) {
        if (!point.isOf(request)) {
            return Fault.NONE;
        }
        if (mishap == Mishap.REFUSED) {
            return refuse(seen.incrementAndGet());
        }
        if (happened.isDone()) {
            return Fault.NONE;
        }
        if (request.takesMessages()) {
            return new Fault.After(answer ->
                    Holdings.messagesOf(request, answer).isEmpty() ? Ending.DELIVERED : after(request, answer));
        }
        if (seen.incrementAndGet() != point.occurrence()) {
            return Fault.NONE;
        }
        return mishap == Mishap.KILLED_BEFORE
                ? Fault.before(() -> kill(Set.of()))
                : new Fault.After(answer -> strike(request, answer));
    }

    private Fault refuse(int number) {
        int last = point.occurrence() + point.refusals() - 1;
        if (number < point.occurrence() || number > last) {
            return Fault.NONE;
        }
        happened.complete(Set.of());
        return Fault.answer(500, "InternalError");
    }

    private Ending after(StorageRequest request, Answer answer) {
        return seen.incrementAndGet() == point.occurrence() ? strike(request, answer) : Ending.DELIVERED;
    }

    private Ending strike(StorageRequest request, Answer answer) {
        Set<Holdings.HeldMessage> unknown = Holdings.messagesOf(request, answer);
        if (mishap == Mishap.ANSWER_LOST) {
            happened.complete(unknown);
            return Ending.RESET;
        }
        kill(unknown);
        return Ending.DELIVERED;
    }

    private void kill(Set<Holdings.HeldMessage> unknown) {
        victim.kill9();
        link.cut();
        happened.complete(unknown);
    }

    /** Done when it happened, with the messages that were taken by a request whose answer nobody has seen. */
    public CompletableFuture<Set<Holdings.HeldMessage>> happened() {
        return happened;
    }

    public CrashPoint point() {
        return point;
    }

    public Mishap mishap() {
        return mishap;
    }

    @Override
    public String toString() {
        return point + " " + mishap;
    }
}

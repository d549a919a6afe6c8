package io.freshet.worker.claim;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Transient;
import io.smallrye.mutiny.Uni;

import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** The right to work on an item, until it is ended or lost. The work under it is notified when it is lost. */
public abstract sealed class Claim permits LeaseClaim, MessageClaim {
    private final AtomicReference<State> state = new AtomicReference<>(State.HELD);
    private final CopyOnWriteArrayList<Runnable> whenLost = new CopyOnWriteArrayList<>();

    private enum State {
        HELD,
        LOST,
        ENDED
    }

    public final boolean isHeld() {
        return state.get() == State.HELD;
    }

    /** Runs the action when the claim is lost, or at once if it already is. */
    public final void onLost(Runnable action) {
        whenLost.add(action);
        if (state.get() == State.LOST && whenLost.remove(action)) {
            action.run();
        }
    }

    /** Verifies that the claim is still ours; fails as transient with LEASE_LOST if it is not. */
    public abstract Uni<Void> confirm();

    /** Ends the claim because the item is done. False if the item was closed already. */
    public abstract Uni<Boolean> complete();

    /** Records something about the item for later attempts. False if the claim is no longer ours. */
    public abstract Uni<Boolean> mark(Map<String, String> metadata);

    /** Ends the claim and leaves the item to others. */
    public abstract Uni<Void> release();

    /** What is claimed, for messages. */
    abstract String subject();

    /** Stops whatever keeps the claim alive. */
    abstract void stopKeeping();

    /** The failure to report when the claim is lost. */
    public final Transient lost() {
        return new Transient(FailureCode.LEASE_LOST, "The claim on " + subject() + " was lost", null);
    }

    /** Interrupts the work under this claim because the worker is stopping; the work then releases it. */
    final void abandon() {
        lose();
    }

    /** Marks the claim as lost; false if it was no longer held. */
    final boolean lose() {
        if (!state.compareAndSet(State.HELD, State.LOST)) {
            return false;
        }
        stopKeeping();
        whenLost.forEach(action -> {
            if (whenLost.remove(action)) {
                action.run();
            }
        });
        return true;
    }

    /** Stops keeping the claim alive: it is released, or expires. */
    final void end() {
        state.set(State.ENDED);
        stopKeeping();
    }
}

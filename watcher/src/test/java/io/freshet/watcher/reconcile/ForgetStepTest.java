package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.freshet.storage.BlobStore;
import io.freshet.storage.RunStore;
import io.freshet.watcher.reconcile.Step.Next;
import io.smallrye.mutiny.Uni;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.Logger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ForgetStepTest {
    private final Lab lab = new Lab();
    private final ForgetStep step = new ForgetStep(lab.store, lab.stalls);

    @Test
    void anEndedRunIsLookedAfterNoMore() {
        Run run = ended();
        lab.stalls.intervals(run.id(), "before");
        lab.clock.advance(Lab.INTERVAL);

        assertThat(Lab.now(step.take(run))).isEqualTo(Next.done());

        assertThat(lab.isMarked(run.id())).isFalse();
        assertThat(lab.stalls.intervals(run.id(), "before")).isZero();
    }

    @Test
    void aRunThatIsDeletedAtThisMomentIsMarkedAgain() {
        Run run = ended();
        lab.change(r -> r.delete(lab.clock));

        Lab.now(step.take(run));

        assertThat(lab.isMarked(run.id())).isTrue();
    }

    @Test
    void whoeverDiesWhileItForgetsLeavesTheMarkerOfADeletion() {
        Run run = ended();
        BlobStore deadly = deletions(lab.blobs, deletion -> {
            Lab.now(lab.store.reopen(run.id(), r -> r.delete(lab.clock)));
            return deletion.chain(() -> Uni.createFrom().failure(new IllegalStateException("killed")));
        });

        assertThatThrownBy(() -> Lab.now(new ForgetStep(new RunStore(deadly), lab.stalls).take(run)))
                .hasMessage("killed");

        assertThat(lab.isMarked(run.id())).isTrue();
    }

    @Test
    void aRunThatIsGoneIsNotMarked() {
        Run run = ended();
        Lab.now(lab.store.remove(run.id()));

        Lab.now(step.take(run));

        assertThat(lab.isMarked(run.id())).isFalse();
    }

    @Test
    void thatItHasEndedIsSaidOnce() {
        Run run = ended();
        List<String> said = new ArrayList<>();
        Handler log = new ExtHandler() {
            @Override
            protected void doPublish(ExtLogRecord line) {
                said.add(new PatternFormatter("%m").format(line));
            }
        };
        Logger logger = Logger.getLogger(ForgetStep.class.getName());
        logger.addHandler(log);
        try {
            Lab.now(step.take(run));
            Lab.now(step.take(run));
            Lab.now(new ForgetStep(lab.store, lab.stalls).take(run));
        } finally {
            logger.removeHandler(log);
        }

        assertThat(said).singleElement().asString().contains("has ended: Canceled");
    }

    /** Storage in which something else becomes of deletions. */
    private static BlobStore deletions(BlobStore store, UnaryOperator<Uni<?>> fate) {
        return (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (proxy, method, arguments) -> {
                    Uni<?> answer = (Uni<?>) method.invoke(store, arguments);
                    return method.getName().startsWith("delete") ? fate.apply(answer) : answer;
                });
    }

    private Run ended() {
        lab.running(1);
        return lab.change(r -> r.cancel("a reason", lab.clock));
    }
}

package io.freshet.worker.execution;

import io.freshet.storage.InputSecrets;
import io.freshet.storage.ReferencedBlobs;
import io.freshet.storage.RunInputs;
import io.freshet.worker.WorkerLab;
import io.smallrye.mutiny.Uni;

import java.lang.reflect.Proxy;
import java.util.Map;

/** Computes items with a computation of a test, which is named {@code test}. */
public final class ExecutionLab implements AutoCloseable {
    public final ComputationThreads threads = new ComputationThreads(WorkerLab.config());
    public final ItemExecution execution;

    public ExecutionLab(WorkerLab lab, Computation computation) {
        RunInputs inputs = new RunInputs(lab.blobs, nowhereElse(), new InputSecrets(lab.blobs));
        execution = new ItemExecution(
                lab.layouts,
                new InputWindows(inputs),
                new Computations(Map.of("test", computation)),
                threads,
                WorkerLab.config());
    }

    private static ReferencedBlobs nowhereElse() {
        return (ReferencedBlobs) Proxy.newProxyInstance(
                ReferencedBlobs.class.getClassLoader(),
                new Class<?>[] {ReferencedBlobs.class},
                (proxy, method, arguments) ->
                        Uni.createFrom().failure(new AssertionError("no input of these tests is elsewhere")));
    }

    @Override
    public void close() {
        threads.stop();
    }
}

package io.freshet.watcher.reconcile;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Transient;
import io.freshet.storage.BlobStore;
import io.smallrye.mutiny.Uni;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/** One change of storage that fails, and with it whatever was being done: before it had an effect, or after. */
public final class Mishap {
    private static final Set<String> CHANGES =
            Set.of("put", "stageBlock", "commitBlocks", "setMetadata", "delete", "deleteUnchanged");

    private int seen;
    private int at;
    private Moment moment = Moment.BEFORE;

    /** When it fails. */
    public enum Moment {
        BEFORE,
        AFTER
    }

    /** From now on the n-th change, from 1; none for 0. */
    public void plan(int n, Moment when) {
        seen = 0;
        at = n;
        moment = when;
    }

    /** Changes since the plan. */
    public int seen() {
        return seen;
    }

    BlobStore in(BlobStore store) {
        return (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(),
                new Class<?>[] {BlobStore.class},
                (proxy, method, arguments) -> CHANGES.contains(method.getName())
                        ? Uni.createFrom().deferred(() -> change(store, method, arguments))
                        : call(store, method, arguments));
    }

    private Uni<?> change(BlobStore store, Method method, Object[] arguments) {
        boolean fails = ++seen == at;
        if (fails && moment == Moment.BEFORE) {
            return Uni.createFrom().failure(failure(method));
        }
        Uni<?> done = (Uni<?>) call(store, method, arguments);
        return fails ? done.flatMap(result -> Uni.createFrom().failure(failure(method))) : done;
    }

    private static Transient failure(Method method) {
        return new Transient(FailureCode.STORAGE_UNAVAILABLE, method.getName() + " was not answered", null);
    }

    private static Object call(BlobStore store, Method method, Object[] arguments) {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw (RuntimeException) e.getCause();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}

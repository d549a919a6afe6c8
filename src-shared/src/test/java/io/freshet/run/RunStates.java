package io.freshet.run;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The states of a run and their transitions, read from the code. */
public final class RunStates {
    private RunStates() {}

    /** The records, without the interfaces that group them. */
    public static List<Class<?>> concrete() {
        return leaves(RunState.class).distinct().toList();
    }

    /** {@code From --> To: operation}, one for each method of a state that gives another, sorted. */
    public static TreeSet<String> transitions() {
        TreeSet<String> transitions = new TreeSet<>();
        for (Class<?> state : concrete()) {
            Arrays.stream(state.getDeclaredMethods())
                    .filter(method -> !method.isBridge() && RunState.class.isAssignableFrom(method.getReturnType()))
                    .map(method -> transition(state, method))
                    .forEach(transitions::add);
        }
        return transitions;
    }

    private static String transition(Class<?> state, Method method) {
        return state.getSimpleName() + " --> " + method.getReturnType().getSimpleName() + ": " + method.getName();
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(RunStates::leaves)
                : Stream.of(type);
    }
}

package io.freshet.worker.handler.exec;

/** What the thread of a computation hears from the threads that serve the program's pipes. */
sealed interface ProgramEvent {

    /** A piece of standard output. */
    record Output(byte[] bytes) implements ProgramEvent {}

    /** Standard output has ended. */
    record OutputEnd() implements ProgramEvent {}

    /** The lines for the program could not be had, or its output could not be read. */
    record PipeFailed(Throwable cause) implements ProgramEvent {}
}

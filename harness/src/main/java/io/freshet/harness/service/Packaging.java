package io.freshet.harness.service;

/** The ways in which a service is packaged and run. */
public enum Packaging {
    JAR,
    /** The jar with an AOT cache. */
    AOT,
    /** The jar, while what its AOT cache is to have is recorded. */
    RECORDING,
    /** The making of the AOT cache out of the recording: ends by itself. */
    ASSEMBLING,
    NATIVE
}

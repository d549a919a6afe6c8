package io.freshet.watcher.doctor;

/** Whether the cluster lets the watcher do what bursts need, and whether KEDA scales workers. */
public interface ClusterExamination extends Examination {}

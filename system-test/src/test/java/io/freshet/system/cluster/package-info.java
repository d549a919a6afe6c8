/** A whole Freshet under test, and what is around it: storage from outside, a topic, a program for the handler exec. */
@NullMarked
package io.freshet.system.cluster;

import org.jspecify.annotations.NullMarked;

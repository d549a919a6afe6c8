/** What has to hold after a run, whatever died in it. */
@NullMarked
package io.freshet.system.check;

import org.jspecify.annotations.NullMarked;

/** The settings of users and their valid values; refuses to start with settings that cannot work. */
@NullMarked
package io.freshet.settings;

import org.jspecify.annotations.NullMarked;

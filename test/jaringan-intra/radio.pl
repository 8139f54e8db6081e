# A radio link between two TAP interfaces, for kernels without "tc netem". Plain perl-base, which every Debian has.
# Usage: perl radio.pl ONE OTHER. A line "LOSS_PERCENT DELAY_MS" on its input makes so many of the frames from ONE to
# OTHER get lost, and lets each frame in either direction wait for half of the delay. Ends when its input is closed.
use strict;
use warnings;
use Fcntl;
use POSIX ();

$| = 1;
my ( $tun_set_interface, $tap_without_header ) = ( 0x400454ca, 0x1002 );
my @ends = map {
    sysopen( my $end, '/dev/net/tun', O_RDWR | O_NONBLOCK ) or die "no /dev/net/tun: $!";
    my $request = pack( 'a16 s x22', $_, $tap_without_header );
    ioctl( $end, $tun_set_interface, $request ) or die "no interface $_: $!";
    $end;
} @ARGV[ 0, 1 ];
my ( $loss_percent, $delay_ms ) = ( 0, 0 );
my @waiting;    # [due in ms, end to leave by, frame], in order
my $ms_per_tick = 1000 / POSIX::sysconf( POSIX::_SC_CLK_TCK() );
sub now_ms { return ( POSIX::times() )[0] * $ms_per_tick }

print "ready\n";
while (1) {
    my $reading = '';
    vec( $reading, fileno($_), 1 ) = 1 for @ends, *STDIN;
    my $wait_ms = @waiting ? $waiting[0][0] - now_ms() : undef;
    $wait_ms = 0 if defined $wait_ms && $wait_ms < 0;
    select( $reading, undef, undef, defined $wait_ms ? $wait_ms / 1000 : undef );
    if ( vec( $reading, fileno(STDIN), 1 ) ) {
        sysread( STDIN, my $line, 100 ) or exit 0;
        ( $loss_percent, $delay_ms ) = ( $1, $2 ) if $line =~ /(\d+) (\d+)\n$/;
    }
    for my $index ( 0, 1 ) {
        next unless vec( $reading, fileno( $ends[$index] ), 1 );
        while ( sysread( $ends[$index], my $frame, 65536 ) ) {
            next if $index == 0 && rand(100) < $loss_percent;
            push @waiting, [ now_ms() + $delay_ms / 2, $ends[ 1 - $index ], $frame ];
        }
    }
    while ( @waiting && $waiting[0][0] <= now_ms() ) {
        my ( undef, $end, $frame ) = @{ shift @waiting };
        syswrite( $end, $frame );    # An interface that is down takes nothing: the frame is lost.
    }
}

"""The numbers of the sentences that a person may read, with the beginning of each beside it.

The words themselves are in resources/language; a test holds the two together.
"""

NAME = 32000  # Simkl Watched
NO_CLIENT_ID = 32010  # Simkl Watched needs a client id. Get one at …
CLIENT_ID_REFUSED = 32011  # Simkl does not accept the client id. Please check it in the …
SIGNED_OUT = 32012  # Simkl has signed you out. To see your ticks again, open Simkl Watched …
DAY_USED_UP = 32013  # Today's calls to Simkl are used up. New lists are ticked again tomorrow.
UNREACHABLE = 32014  # Simkl cannot be reached. Please check the network and try again.
TOO_FAST = 32015  # Simkl asks to wait a moment. Please try again in a minute.
REFUSED = 32016  # Simkl refused to answer. Signing in again in Simkl Watched may help.
ACCOUNT_BROKEN = 32017  # The stored sign-in cannot be used. Please open Simkl Watched and …
BAD_ADDRESS = 32018  # The address of Simkl in the settings cannot be used. It must begin with …
ACCOUNT_NOT_KEPT = 32019  # The sign-in could not be stored. It is good until Kodi ends.
SIGN_IN = 32020  # Sign in to Simkl
ENTER_CODE = 32021  # On your phone or computer, open {address} and enter this …
ASKING_FOR_CODE = 32022  # Asking Simkl for a code…
HELLO = 32023  # Hello {name}! What you have watched is now ticked as you browse.
HELLO_NOBODY = 32024  # You are signed in. What you have watched is now ticked as you browse.
CODE_EXPIRED = 32025  # The code has expired. Please sign in again.
SIGNED_OUT_BY_YOU = 32026  # You are signed out of Simkl. The ticks in Kodi stay.
SIGNED_OUT_DISCONNECT = 32027  # You are signed out here. To disconnect the app from your …
NOT_SIGNED_IN = 32028  # You are not signed in to Simkl.
SIGN_IN_AGAIN = 32029  # {name} (please sign in again)
ACCESS_DENIED = 32030  # Simkl did not allow the sign-in. Please try again.
SIGNED_IN = 32032  # Signed in
SIGN_IN_ANEW = 32033  # The client id has changed. Please sign in to Simkl again.
FOUND_WATCHED = 32040  # {name}: watched on {date}.
FOUND_WATCHED_ONCE = 32041  # {name}: watched, Simkl does not know when.
FOUND_NOT_WATCHED = 32042  # {name}: not watched on Simkl.
FOUND_EPISODES = 32043  # {name}: {watched} of {episodes} episodes watched on Simkl.
FOUND_NOTHING = 32044  # {name}: Simkl does not know it.
CANNOT_ASK = 32045  # {name}: Kodi does not say which title this is.
LEFT_ALONE = 32046  # {name} is left alone from now on. Its ticks stay as they are.
NOT_LEFT_ALONE = 32047  # {name} is ticked again from now on.

from jiangxin.kernel.ratings.models.follow_ups import RatingFollowUp
from jiangxin.kernel.ratings.models.ratings import MatterRating

__all__ = ["MatterRating", "RatingFollowUp"]
